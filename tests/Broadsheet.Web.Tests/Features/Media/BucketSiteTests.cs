using System.Net;
using System.Net.Http.Headers;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Media;

/// <summary>A publication whose media lie in a bucket, and what its readers see.</summary>
public abstract class BucketSiteTests(BroadsheetSite site, BroadsheetSite other, S3Server server) : IAsyncLifetime
{
    private const string Browser = "image/avif,image/webp,*/*;q=0.8";

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        await site.StartAsync(server.Arguments(server.Prefix));
        await other.StartAsync(server.Arguments(server.Prefix));
    }

    public async ValueTask DisposeAsync()
    {
        await site.StopAsync();
        await other.StopAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_upload_is_shown_by_every_node_as_it_is_from_a_disk()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, path) = await AddAsync(ann, "boat.png", Photographs.Of(800, 600, "png"));
        using var one = site.NewReader();
        using var two = other.NewReader();

        using var here = await one.GetAsync(path);
        using var there = await two.GetAsync(path);

        Assert.Equal("image/png", here.Content.Headers.ContentType!.MediaType);
        Assert.Equal((here.Headers.ETag, here.Content.Headers.LastModified, here.Content.Headers.ContentLength), (there.Headers.ETag, there.Content.Headers.LastModified, there.Content.Headers.ContentLength));
        Assert.Equal(("nosniff", "default-src 'none'; sandbox", "bytes"), (there.Headers.GetValues("X-Content-Type-Options").Single(), there.Headers.GetValues("Content-Security-Policy").Single(), there.Headers.AcceptRanges.Single()));
        var bytes = await there.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes, await here.Content.ReadAsByteArrayAsync());
        using var same = await SendAsync(two, path, r => r.Headers.IfNoneMatch.Add(here.Headers.ETag!));
        using var part = await SendAsync(two, path, r => r.Headers.Range = new RangeHeaderValue(1, 3));
        using var head = await SendAsync(two, path, r => r.Method = HttpMethod.Head);
        using var none = await two.GetAsync(path.Replace("boat", "ship", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.PartialContent, (long?)bytes.Length, HttpStatusCode.NotFound), (same.StatusCode, part.StatusCode, head.Content.Headers.ContentLength, none.StatusCode));
        Assert.Equal("PNG"u8.ToArray(), await part.Content.ReadAsByteArrayAsync());

        // Smaller copies, made by whichever node is asked first, and by both at once.
        var small = path.Replace(".png", "-300x225.png", StringComparison.Ordinal);
        var copies = await Task.WhenAll(SendAsync(one, small, r => r.Headers.Add("Accept", "image/webp")), SendAsync(two, small, r => r.Headers.Add("Accept", "image/webp")));
        // (Who finds the other just storing it gets the picture itself.)
        foreach (var made in copies) Assert.Contains(Photographs.SizeOf(await made.Content.ReadAsByteArrayAsync()), new[] { (300, 225), (800, 600) });
        await Eventually.SeesAsync(async () => (await GetAsync(one, small), await GetAsync(two, small)) is var (a, b) && a == b && a.StartsWith("OK image/webp", StringComparison.Ordinal));
        await Eventually.SeesAsync(async () =>
        {
            using var best = await SendAsync(one, small, r => r.Headers.Add("Accept", Browser));
            return best.Content.Headers.ContentType!.MediaType == "image/avif";
        });

        // Another file at its address, and the first one back.
        using var replaced = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "new.png", Photographs.Of(200, 100, "png")));
        Assert.Equal(HttpStatusCode.Found, replaced.StatusCode);
        Assert.Equal((200, 100), Photographs.SizeOf(await one.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative))));
        using var back = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form[action*=put-back]");
        Assert.Equal(bytes, await one.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        Assert.False(Directory.Exists(Path.Combine(site.Folder, "media")));
    }

    [Fact]
    public async Task While_the_bucket_is_away_pages_and_what_is_kept_go_on_and_the_rest_is_tried_again()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var (_, path) = await AddAsync(ann, "hot.png", Photographs.Of(400, 300, "png"));
        var (_, cold) = await AddAsync(ann, "cold.png", Photographs.Of(40, 30, "png"));
        var article = await site.PublishAsync("Goes on", $"<img src=\"{path}\" alt=\"\">");
        using var reader = site.NewReader();
        using var elsewhere = other.NewReader();
        var small = path.Replace(".png", "-300x225.png", StringComparison.Ordinal);
        var (whole, copy) = (await GetAsync(reader, path), await GetAsync(reader, small));
        // Four AVIFs on a machine that does other things, too.
        await Eventually.SeesAsync(() => site.ReadAsync(async db => !await db.Outbox.AnyAsync(o => o.Job == RenditionQueue.Job)), TimeSpan.FromMinutes(2));
        await server.StopAsync();
        try
        {
            Assert.Equal((whole, copy), (await GetAsync(reader, path), await GetAsync(reader, small)));
            using var away = await elsewhere.GetAsync(cold);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true, "no-store"), (away.StatusCode, away.Headers.RetryAfter is not null, away.Headers.CacheControl!.ToString()));
            Assert.Contains("cannot be reached now", await away.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("Goes on", await reader.ReadAsync("/"), StringComparison.Ordinal);
            Assert.Contains("Goes on", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
            var before = await site.ReadAsync(db => db.Media.CountAsync());
            using var refused = await ann.SubmitAsync("/newsroom/media/", [], files: ("file", "late.png", Photographs.Of(20, 20, "png")));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("the media bucket does not take it (the bucket does not answer)", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(before, await site.ReadAsync(db => db.Media.CountAsync()));
        }
        finally
        {
            await server.StartAsync();
        }
        await Eventually.SeesAsync(async () =>
        {
            using var again = await elsewhere.GetAsync(cold);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    private async Task<(long Id, string Path)> AddAsync(StaffClient who, string name, byte[] content)
    {
        using var answer = await who.SubmitAsync("/newsroom/media/", [], files: ("file", name, content));
        var id = long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture);
        return (id, await site.ReadAsync(db => db.Media.Where(m => m.ArticleId == id).Select(m => m.Path).SingleAsync()));
    }

    /// <summary>Status, type, tag and length.</summary>
    private static async Task<string> GetAsync(ReaderClient reader, string path)
    {
        using var answer = await SendAsync(reader, path, r => r.Headers.Add("Accept", "image/webp"));
        return $"{answer.StatusCode} {answer.Content.Headers.ContentType} {answer.Headers.ETag} {(await answer.Content.ReadAsByteArrayAsync()).Length}";
    }

    private static async Task<HttpResponseMessage> SendAsync(ReaderClient reader, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        change(request);
        return await reader.Http.SendAsync(request);
    }

    public sealed class OnSqlite(BucketSiteTests.UnstartedSqlite site, BucketSiteTests.Elsewhere other, S3Server server)
        : BucketSiteTests(site, other, server), IClassFixture<BucketSiteTests.UnstartedSqlite>, IClassFixture<BucketSiteTests.Elsewhere>, IClassFixture<S3Server>;

    public sealed class OnPostgres(BucketSiteTests.UnstartedPostgres site, BucketSiteTests.Elsewhere other, S3Server server)
        : BucketSiteTests(site, other, server), IClassFixture<BucketSiteTests.UnstartedPostgres>, IClassFixture<BucketSiteTests.Elsewhere>, IClassFixture<S3Server>;

    /// <summary>Sites that are started with the bucket's configuration.</summary>
    public class UnstartedSqlite : SqliteSite
    {
        public override ValueTask InitializeAsync() => ValueTask.CompletedTask;
    }

    public sealed class UnstartedPostgres : PostgresSite
    {
        public override ValueTask InitializeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Another node: of media it needs no row to show a file.</summary>
    public sealed class Elsewhere : UnstartedSqlite;
}
