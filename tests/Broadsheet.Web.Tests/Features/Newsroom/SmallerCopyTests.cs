using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Media;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>The smaller copies of pictures that come in, and uploads that are called like one.</summary>
public abstract class SmallerCopyTests(BroadsheetSite site)
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moving_picture_offers_none()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var medium = await AddAsync(ann, "waves.webp", Photographs.Moving());
        var inBody = await site.PublishAsync(new ArticleEdit("Waves", $"<p><img src=\"{medium.Path}\"></p>", BodyFormat.Html) { Status = ArticleStatus.Published });
        var above = await site.PublishAsync(new ArticleEdit("Waves above", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, FeaturedImageId = medium.ArticleId });
        using var reader = site.NewReader();

        var pages = (string[])[await reader.ReadAsync(inBody.Path), await reader.ReadAsync(above.Path), await reader.ReadAsync($"/wp-json/wp/v2/media/{medium.ArticleId}")];

        Assert.Equal((800, 600), (medium.Width, medium.Height));
        Assert.All(pages, p => Assert.Contains("waves.webp", p, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.DoesNotContain("waves-300x225", p, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.DoesNotContain("srcset", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_came_in_before_this_was_noted_is_looked_at_later()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var (moving, still) = (await AddAsync(ann, "older.webp", Photographs.Moving()), await AddAsync(ann, "still.png", Photographs.Of(400, 300, "png")));
        await site.Writes.RunAsync((scope, ct) => scope.Db.Media.Where(m => m.ArticleId == moving.ArticleId || m.ArticleId == still.ArticleId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Moves, (bool?)null), ct), Ct);
        var article = await site.PublishAsync("An older moving picture", $"<img src=\"{moving.Path}\" alt=\"\">");
        using var reader = site.NewReader();
        Assert.Contains("srcset", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await site.App.Services.GetServices<IRecurring>().OfType<LookForMoving>().Single().RunAsync(Ct);

        Assert.Equal([true, false], await site.ReadAsync(db => db.Media.Where(m => m.ArticleId == moving.ArticleId || m.ArticleId == still.ArticleId).OrderBy(m => m.ArticleId).Select(m => m.Moves).ToListAsync()));
        await Eventually.SeesAsync(async () => !(await reader.ReadAsync(article.Path)).Contains("srcset", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pier.png", 800, 600, "pier-300x225.png", 310, 225)]
    [InlineData("mole-300x225.png", 300, 225, "mole.png", 800, 600)]
    public async Task Two_pictures_of_which_one_is_called_as_a_smaller_copy_of_the_other_both_stay(string first, int width, int height, string second, int otherWidth, int otherHeight)
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var one = await AddAsync(ann, first, Photographs.Of(width, height, "png"));
        var before = await ReadAsync(ann, one.Path);

        var two = await AddAsync(ann, second, Photographs.Of(otherWidth, otherHeight, "png"));

        Assert.EndsWith("/" + first, one.Path, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync(ann, one.Path));
        Assert.Equal((otherWidth, otherHeight), Photographs.SizeOf(await ReadAsync(ann, two.Path)));
        // Else what the one offers as its smaller copy would be the other.
        Assert.EndsWith("/" + second.Replace(".png", "-2.png", StringComparison.Ordinal), two.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_picture_takes_an_address_whose_smaller_copies_would_be_another_upload()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var quay = await AddAsync(ann, "quay.png", Photographs.Of(800, 400, "png"));
        var upload = await AddAsync(ann, "quay-300x225.png", Photographs.Of(500, 100, "png"));
        var before = await ReadAsync(ann, upload.Path);
        Assert.EndsWith("/quay-300x225.png", upload.Path, StringComparison.Ordinal);

        // The new picture's smaller copy would have that very name.
        using var replaced = await ann.SubmitAsync($"/newsroom/media/{quay.ArticleId}/", [], form: "form.replace", files: ("file", "new.png", Photographs.Of(800, 600, "png")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, replaced.StatusCode);
        Assert.Contains($"has a smaller copy at {upload.Path}", await replaced.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync(ann, upload.Path));
        Assert.Equal((800, 400), Photographs.SizeOf(await ReadAsync(ann, quay.Path)));
    }

    private async Task<MediaFile> AddAsync(StaffClient who, string name, byte[] content)
    {
        using var answer = await who.SubmitAsync("/newsroom/media/", [], files: ("file", name, content));
        var id = long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture);
        return await site.ReadAsync(db => db.Media.SingleAsync(m => m.ArticleId == id));
    }

    private static Task<byte[]> ReadAsync(StaffClient who, string path) => who.Browser.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative), Ct);

    public sealed class OnSqlite(SqliteSite site) : SmallerCopyTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : SmallerCopyTests(site), IClassFixture<PostgresSite>;
}
