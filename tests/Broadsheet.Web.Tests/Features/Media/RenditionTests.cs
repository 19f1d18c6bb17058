using System.Net;
using System.Net.Http.Headers;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Media;

public abstract class RenditionTests(BroadsheetSite site)
{
    private const string Browser = "image/avif,image/webp,image/*,*/*;q=0.8";
    private const string Folder = "/wp-content/uploads/2020/02/";

    [Fact]
    public async Task An_upload_gets_every_size_in_every_format()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var added = await ann.SubmitAsync("/newsroom/media/", [new("alt", "A boat")], files: ("file", "uploaded.jpg", Photographs.Of(1_000, 750)));
        var path = await site.ReadAsync(db => db.Media.OrderByDescending(m => m.ArticleId).Select(m => m.Path).FirstAsync());
        var small = path.Replace(".jpg", "-300x225.jpg", StringComparison.Ordinal);

        await Eventually.SeesAsync(() => site.ReadAsync(async db => !await db.Outbox.AnyAsync(o => o.Job == RenditionQueue.Job)));

        using var avif = await GetAsync(small, Browser);
        using var webp = await GetAsync(small, "image/webp,*/*");
        using var jpeg = await GetAsync(small, "*/*");
        using var refused = await GetAsync(small, "image/avif;q=0,image/webp;q=0");
        Assert.Equal(["image/avif", "image/webp", "image/jpeg", "image/jpeg"], new[] { avif, webp, jpeg, refused }.Select(r => r.Content.Headers.ContentType!.MediaType));
        Assert.Equal(3, new[] { avif, webp, jpeg }.Select(r => r.Headers.ETag!.Tag).Distinct().Count());
        foreach (var answer in (HttpResponseMessage[])[avif, webp, jpeg])
        {
            Assert.Equal((300, 225), Photographs.SizeOf(await answer.Content.ReadAsByteArrayAsync()));
            Assert.Equal(("Accept", "nosniff", "default-src 'none'; sandbox"), (answer.Headers.Vary.Single(), answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Content-Security-Policy").Single()));
            Assert.False(answer.Headers.ETag!.IsWeak);
        }
        Assert.Equal(9, Made(path));
    }

    [Fact]
    public async Task A_picture_that_was_never_uploaded_here_is_served_at_once_and_in_the_best_format_later()
    {
        await SaveAsync("imported.jpg", Photographs.Of(400, 300));
        var small = Folder + "imported-300x225.jpg";

        using var first = await GetAsync(small, Browser);

        Assert.Equal("image/webp", first.Content.Headers.ContentType!.MediaType);
        await Eventually.SeesAsync(async () =>
        {
            using var later = await GetAsync(small, Browser);
            return later.Content.Headers.ContentType!.MediaType == "image/avif";
        });
    }

    [Fact]
    public async Task Who_has_it_is_told_so_and_parts_and_heads_can_be_asked_for()
    {
        await SaveAsync("parts.jpg", Photographs.Of(400, 300));
        var small = Folder + "parts-300x225.jpg";
        using var whole = await GetAsync(small, "image/webp");
        var bytes = await whole.Content.ReadAsByteArrayAsync();

        using var same = await GetAsync(small, "image/webp", r => r.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        using var part = await GetAsync(small, "image/webp", r => r.Headers.Range = new RangeHeaderValue(4, 11));
        using var head = await GetAsync(small, "image/webp", r => r.Method = HttpMethod.Head);

        Assert.Equal((HttpStatusCode.NotModified, "Accept"), (same.StatusCode, same.Headers.Vary.Single()));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[4..12], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal((HttpStatusCode.OK, (long?)bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Any_other_size_is_answered_without_another_file()
    {
        var original = Photographs.Of(1_000, 750);
        await SaveAsync("sizes.jpg", original);
        foreach (var (asked, width) in new[] { ("640x480", 768), ("301x5", 768), ("200x200", 300), ("150x150", 150), ("160x120", 300), ("5x5", 300) })
        {
            using var answer = await GetAsync($"{Folder}sizes-{asked}.jpg", "image/webp");
            Assert.Equal((asked, width), (asked, Photographs.SizeOf(await answer.Content.ReadAsByteArrayAsync()).Width));
        }

        using var large = await GetAsync(Folder + "sizes-1024x768.jpg", "image/webp");

        Assert.Equal(original, await large.Content.ReadAsByteArrayAsync());
        Assert.Equal(3, Made(Folder + "sizes.jpg"));
    }

    [Fact]
    public async Task What_cannot_be_made_smaller_is_sent_as_it_is()
    {
        var (moving, whole) = (Photographs.Moving(), Photographs.Of(800, 600));
        var damaged = whole[..(whole.Length / 2)];
        await SaveAsync("moving.webp", moving);
        await SaveAsync("damaged.jpg", damaged);
        await SaveAsync("drawing.jpg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray());
        await SaveAsync("chart.jpg", whole);
        await SaveAsync("chart-300x225.jpg", damaged);

        using var still = await GetAsync(Folder + "moving-300x225.webp", Browser);
        using var broken = await GetAsync(Folder + "damaged-300x225.jpg", Browser);
        using var drawing = await GetAsync(Folder + "drawing-300x225.jpg", Browser);
        using var own = await GetAsync(Folder + "chart-300x225.jpg", Browser);

        Assert.Equal(moving, await still.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/jpeg", damaged.Length), (broken.Content.Headers.ContentType!.MediaType, (await broken.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal("attachment", drawing.Content.Headers.ContentDisposition?.DispositionType);
        // An upload whose name ends in a size that it does not have is itself.
        Assert.Equal(damaged, await own.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_upload_that_is_called_as_a_smaller_copy_of_another_is_itself()
    {
        // As imports have them: whatever the sizes, what is recorded was meant.
        await AddAsync("lock.jpg", Photographs.Of(400, 300));
        var upload = Photographs.Of(300, 225);
        await AddAsync("lock-300x225.jpg", upload);

        using var own = await GetAsync(Folder + "lock-300x225.jpg", Browser);
        using var smaller = await GetAsync(Folder + "lock-150x150.jpg", Browser);

        Assert.Equal(upload, await own.Content.ReadAsByteArrayAsync());
        Assert.Equal((150, 150), Photographs.SizeOf(await smaller.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task Pages_and_feeds_offer_them()
    {
        var image = await AddAsync("front.jpg", Photographs.Of(1_000, 750));
        var article = await site.PublishAsync(new ArticleEdit("With pictures", $"<p><img src=\"{Folder}front-300x225.jpg\" alt=\"\"></p>", BodyFormat.Html) { Status = ArticleStatus.Published });
        var plain = await site.PublishAsync(new ArticleEdit("With a front picture", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, FeaturedImageId = image });
        using var reader = site.NewReader();

        var body = (await reader.OpenAsync(article.Path)).QuerySelector(".article-body img")!;
        var front = (await reader.OpenAsync(plain.Path)).QuerySelector(".article-image img")!;
        var lists = (await reader.OpenAsync("/")).QuerySelectorAll(".entry-image img");
        var feed = await reader.ReadAsync("/feed/");

        var sources = $"{Folder}front-300x225.jpg 300w, {Folder}front-768x576.jpg 768w, {Folder}front.jpg 1000w";
        Assert.Equal($"{Folder}front-300x225.jpg 300w, {Folder}front-768x576.jpg 768w", body.GetAttribute("srcset"));
        Assert.Equal((sources, "high", null), (front.GetAttribute("srcset"), front.GetAttribute("fetchpriority"), front.GetAttribute("loading")));
        Assert.Equal(sources, Assert.Single(lists).GetAttribute("srcset"));
        Assert.Equal(("high", null), (lists[0].GetAttribute("fetchpriority"), lists[0].GetAttribute("loading")));
        var home = site.Url.AbsoluteUri.TrimEnd('/');
        Assert.Contains($"{home}{Folder}front-300x225.jpg 300w, {home}{Folder}front-768x576.jpg 768w", feed, StringComparison.Ordinal);
    }

    private async Task<long> AddAsync(string name, byte[] content)
    {
        await SaveAsync(name, content);
        var (width, height) = Photographs.SizeOf(content);
        var publication = await site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var author = await site.ReadAsync(db => db.Users.Select(u => u.Id).FirstAsync());
        return await site.Writes.RunAsync((scope, ct) => MediaLedger.AddAsync(scope, publication, new NewMedia(Folder + name, name, "image/jpeg", "", content.Length, width, height), author, ct), CancellationToken.None);
    }

    private Task SaveAsync(string name, byte[] content) => site.App.Services.GetRequiredService<UploadedFiles>().SaveAsync(Folder + name, new MemoryStream(content), 1 << 24, CancellationToken.None);

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, Action<HttpRequestMessage>? more = null)
    {
        using var reader = site.NewReader();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        more?.Invoke(request);
        var response = await reader.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified, response.StatusCode.ToString());
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    /// <summary>How many files were made of a picture.</summary>
    private int Made(string path) => Directory.GetFiles(Path.Combine(site.Folder, "media", "renditions", path[MediaPath.Uploads.Length..]), "*", SearchOption.AllDirectories).Length;

    public sealed class OnSqlite(SqliteSite site) : RenditionTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RenditionTests(site), IClassFixture<PostgresSite>;
}
