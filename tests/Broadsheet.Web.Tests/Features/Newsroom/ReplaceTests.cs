using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Features.Newsroom.Uploads;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class ReplaceTests(BroadsheetSite site)
{
    [Fact]
    public async Task Another_file_takes_the_address_and_the_first_can_be_put_back()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, path) = await AddAsync(ann, "swapped.png", Picture(640, 480));
        var article = await site.PublishAsync("Shows what is swapped", $"<img src=\"{path}\" alt=\"x\">");
        using var reader = site.NewReader();
        Assert.Contains("width=\"640\" height=\"480\"", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
        using var before = await reader.GetAsync(path);

        using var replaced = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "new.png", Picture(800, 200)));

        Assert.Equal(HttpStatusCode.Found, replaced.StatusCode);
        Assert.Equal((800, 200), await SizeAsync(reader, path));
        // A copy of the old picture is gone: its address shows the new one; so does that of the new copy.
        Assert.Equal((800, 200), await SizeAsync(reader, path.Replace(".png", "-300x225.png", StringComparison.Ordinal)));
        Assert.Equal((300, 75), await SizeAsync(reader, path.Replace(".png", "-300x75.png", StringComparison.Ordinal)));
        using var after = await reader.GetAsync(path);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.InRange(after.Headers.CacheControl!.MaxAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        await Eventually.SeesAsync(async () => (await reader.ReadAsync(article.Path)).Contains("width=\"800\" height=\"200\"", StringComparison.Ordinal));
        using var back = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form[action*=put-back]");
        Assert.Equal((640, 480), await SizeAsync(reader, path));
        await Eventually.SeesAsync(async () => (await reader.ReadAsync(article.Path)).Contains("width=\"640\" height=\"480\"", StringComparison.Ordinal));
        // The other one is kept in its turn, and nothing else.
        Assert.Equal(800, (await site.ReadAsync(db => db.ReplacedFiles.SingleAsync(f => f.MediaId == id))).Width);
    }

    [Fact]
    public async Task A_file_of_another_type_or_a_damaged_one_does_not_take_the_address()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, path) = await AddAsync(ann, "stays.png", Picture(50, 40));

        using var other = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "now.png", Jpeg(60, 50)));
        using var damaged = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "cut.png", Picture(300, 300)[..120]));
        using var none = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("image/jpeg", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, damaged.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        Assert.Equal((50, 40), await SizeAsync(ann.Browser, path));
        Assert.Equal(0, await site.ReadAsync(db => db.ReplacedFiles.CountAsync(f => f.MediaId == id)));
    }

    [Fact]
    public async Task Only_its_uploader_or_an_editor_replaces_or_throws_away_a_file()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Author);
        var (id, path) = await AddAsync(ann, "annes.png", Picture(50, 40));
        var token = (await bob.OpenAsync("/newsroom/media/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var deed in new[] { "replace", "trash", "restore", "put-back/1" })
        {
            using var answer = await bob.Browser.PostAsync($"/newsroom/media/{id}/{deed}/", [new("__RequestVerificationToken", token)]);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.Equal((50, 40), await SizeAsync(ann.Browser, path));
    }

    [Fact]
    public async Task What_was_replaced_is_forgotten_after_30_days()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, _) = await AddAsync(ann, "forgotten.png", Picture(50, 40));
        using var replaced = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "new.png", Picture(60, 40)));
        var kept = await site.ReadAsync(db => db.ReplacedFiles.SingleAsync(f => f.MediaId == id));
        var file = Path.Combine(site.Folder, "media", "replaced", kept.File);
        await ForgetAsync();
        Assert.True(File.Exists(file));

        await site.Writes.RunAsync((scope, ct) => scope.Db.ReplacedFiles.Where(f => f.Id == kept.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.At, scope.Now.AddDays(-31)), ct), CancellationToken.None);
        await ForgetAsync();

        Assert.False(File.Exists(file));
        Assert.Equal(0, await site.ReadAsync(db => db.ReplacedFiles.CountAsync(f => f.Id == kept.Id)));
    }

    private Task<bool> ForgetAsync() => site.App.Services.GetServices<IRecurring>().OfType<ForgetFiles>().Single().RunAsync(CancellationToken.None);

    private async Task<(long Id, string Path)> AddAsync(StaffClient who, string name, byte[] content)
    {
        using var answer = await who.SubmitAsync("/newsroom/media/", [], files: ("file", name, content));
        var id = long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3]);
        return (id, await site.ReadAsync(db => db.Media.Where(m => m.ArticleId == id).Select(m => m.Path).SingleAsync()));
    }

    private static async Task<(int, int)> SizeAsync(ReaderClient reader, string path)
    {
        using var shown = Image.NewFromBuffer(await reader.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        return (shown.Width, shown.Height);
    }

    private static byte[] Picture(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        return black.PngsaveBuffer();
    }

    private static byte[] Jpeg(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        return black.JpegsaveBuffer();
    }

    public sealed class OnSqlite(SqliteSite site) : ReplaceTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ReplaceTests(site), IClassFixture<PostgresSite>;
}
