using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Newsroom.Uploads;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class LibraryTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_file_is_found_by_its_name_its_title_its_alt_text_and_its_caption()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(ann, "quay-at-noon.png", Picture(40, 30), "Ein Café im Nebel");
        await AddAsync(ann, "other.png", Picture(40, 30), "");
        using var saved = await ann.SubmitAsync($"/newsroom/media/{id}/", [new("title", "The Long Wharf"), new("caption", "By <b>Zoe</b> Quill")]);

        foreach (var words in new[] { "quay", "long wharf", "cafe nebel", "QUILL" }) Assert.Equal([id], await FoundAsync(ann, $"?q={Uri.EscapeDataString(words)}"));
        Assert.Empty(await FoundAsync(ann, "?q=quay%20nowhere"));
        Assert.Empty(await FoundAsync(ann, "?q=%25"));
    }

    [Fact]
    public async Task The_library_is_narrowed_by_kind_month_description_and_use()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var plain = await AddAsync(ann, "narrow-plain.png", Picture(40, 30), "");
        var shown = await AddAsync(ann, "narrow-shown.png", Picture(40, 30), "Described");
        var featured = await AddAsync(ann, "narrow-featured.png", Picture(40, 30), "Described");
        var paper = await AddAsync(ann, "narrow-paper.pdf", [.. "%PDF-1.7\n"u8, .. new byte[100], .. "startxref\n9\n%%EOF\n"u8], "");
        await site.PublishAsync(new ArticleEdit("It shows one", $"<p><img src=\"{await PathAsync(shown)}\"></p>", BodyFormat.Html) { Status = ArticleStatus.Published, FeaturedImageId = featured });

        Assert.Equal([featured, shown, plain], await FoundAsync(ann, "?q=narrow&kind=pictures"));
        Assert.Equal([paper], await FoundAsync(ann, "?q=narrow&kind=documents"));
        Assert.Empty(await FoundAsync(ann, "?q=narrow&kind=films"));
        Assert.Equal([plain], await FoundAsync(ann, "?q=narrow&show=undescribed"));
        Assert.Equal([paper, plain], await FoundAsync(ann, "?q=narrow&show=unused"));
        var month = await site.ReadAsync(db => db.Media.Where(m => m.ArticleId == plain).Select(m => m.Month).SingleAsync());
        Assert.Equal([paper, featured, shown, plain], await FoundAsync(ann, $"?q=narrow&month={month}"));
        Assert.Empty(await FoundAsync(ann, $"?q=narrow&month={month - 100}"));
        var all = await site.ReadAsync(db => db.Media.CountAsync(m => m.Month == month && db.Articles.Any(a => a.Id == m.ArticleId && a.Status == ArticleStatus.Inherit)));
        Assert.EndsWith($"({all:N0})", (await ann.OpenAsync("/newsroom/media/")).QuerySelector($"select[name=month] option[value='{month}']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_says_which_articles_show_it_link_to_it_and_have_it_as_their_picture()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(ann, "used.png", Picture(640, 480), "A boat");
        var path = await PathAsync(id);
        var shows = await site.PublishAsync(new ArticleEdit("Shows a copy", $"<img src=\"{path.Replace(".png", "-300x225.png", StringComparison.Ordinal)}\">", BodyFormat.Html) { Status = ArticleStatus.Published });
        await site.PublishAsync(new ArticleEdit("Links to it", $"<a href=\"{path}\">see</a>", BodyFormat.Html) { Status = ArticleStatus.Draft });
        await site.PublishAsync(new ArticleEdit("Has it", "Words.", BodyFormat.Markdown) { Status = ArticleStatus.Published, FeaturedImageId = id });

        Assert.Equal(["Has it|Published|as its picture", "Links to it|Draft|", "Shows a copy|Published|"], await UsersAsync(ann, id));
        await site.EditAsync(shows.Id, new ArticleEdit("Shows a copy", "<p>No more.</p>", BodyFormat.Html) { Status = ArticleStatus.Published });
        Assert.Equal(["Has it|Published|as its picture", "Links to it|Draft|"], await UsersAsync(ann, id));
    }

    [Fact]
    public async Task What_was_stored_before_uses_were_noted_is_noted_by_being_rendered_again()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(ann, "older.png", Picture(40, 30), "From before");
        await site.PublishAsync(new ArticleEdit("From before", $"<img src=\"{await PathAsync(id)}\">", BodyFormat.Html) { Status = ArticleStatus.Published });
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await scope.Db.MediaUses.ExecuteDeleteAsync(ct);
            await scope.Db.Media.ExecuteUpdateAsync(set => set.SetProperty(m => m.Words, "").SetProperty(m => m.Month, 0), ct);
            await PublicationStore.ChangeAsync(scope, p => p with { RenderedWith = "before" }, ct);
        }, CancellationToken.None);
        Assert.Empty(await FoundAsync(ann, "?q=older"));

        await site.RenderAgainAsync();

        Assert.Equal(["From before|Published|"], await UsersAsync(ann, id));
        Assert.Equal([id], await FoundAsync(ann, "?q=older"));
    }

    [Fact]
    public async Task A_new_alt_text_comes_into_the_bodies_that_have_none_of_their_own()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(ann, "told.png", Picture(40, 30), "Old words");
        var path = await PathAsync(id);
        var takes = await site.PublishAsync("Takes the alt text", $"<img src=\"{path}\">");
        var has = await site.PublishAsync("Has its own", $"<img src=\"{path}\" alt=\"Its own words\">");
        using var reader = site.NewReader();
        Assert.Contains("alt=\"Old words\"", await reader.ReadAsync(takes.Path), StringComparison.Ordinal);

        using var saved = await ann.SubmitAsync($"/newsroom/media/{id}/", [new("alt", "New words")]);

        await Eventually.SeesAsync(async () => (await reader.ReadAsync(takes.Path)).Contains("alt=\"New words\"", StringComparison.Ordinal));
        Assert.Contains("alt=\"Its own words\"", await reader.ReadAsync(has.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_costs_the_same_statements_however_many_files_it_shows()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        await AddAsync(ann, "one-more.png", Picture(40, 30), "");
        await site.SettleAsync();
        await ann.OpenAsync("/newsroom/media/");
        var few = await CostAsync(ann);
        await site.Writes.RunAsync((scope, ct) => SeedAsync(scope, 130, ct), CancellationToken.None);

        var page = await ann.OpenAsync("/newsroom/media/");
        Assert.Equal(60, page.QuerySelectorAll(".shelf > li").Length);
        Assert.NotNull((await ann.OpenAsync(page.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!)).QuerySelector(".pager a[rel=prev]"));
        Assert.Equal(few, await CostAsync(ann));
        Assert.InRange(few, 3, 8);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Media.Where(m => m.Path.StartsWith("/wp-content/uploads/2001/")).ExecuteDeleteAsync(ct), CancellationToken.None);
    }

    [Fact]
    public async Task A_file_moves_to_the_trash_with_a_warning_comes_back_and_goes_for_good_after_30_days()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(ann, "thrown.png", Picture(640, 480), "Thrown away");
        var path = await PathAsync(id);
        var article = await site.PublishAsync("Shows what goes", $"<img src=\"{path}\">");
        Assert.Contains("“Shows what goes”", (await ann.OpenAsync($"/newsroom/media/{id}/")).QuerySelector("form.throw")!.TextContent, StringComparison.Ordinal);

        using var trash = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.throw");
        var without = await ann.OpenAsync("/newsroom/media/?q=thrown");
        Assert.Empty(without.QuerySelectorAll(".shelf > li"));
        using var undo = await ann.SendAsync((IHtmlFormElement)without.QuerySelector(".notice form")!, "", []);
        Assert.Equal([id], await FoundAsync(ann, "?q=thrown"));
        using var again = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.throw");
        Assert.Equal([id], await FoundAsync(ann, "?show=trash&q=thrown"));
        await ForgetAsync();
        using (var still = await ann.GetAsync(path)) Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Meta.Where(m => m.OwnerId == id && m.Key == "_wp_trash_meta_time").ExecuteUpdateAsync(set => set.SetProperty(m => m.Value, $"{TimeProvider.System.GetUtcNow().AddDays(-31).ToUnixTimeSeconds()}"), ct), CancellationToken.None);
        await ForgetAsync();

        await Eventually.SeesAsync(async () =>
        {
            using var gone = await ann.GetAsync(path);
            return gone.StatusCode == HttpStatusCode.NotFound;
        });
        using (var copy = await ann.GetAsync(path.Replace(".png", "-300x225.png", StringComparison.Ordinal))) Assert.Equal(HttpStatusCode.NotFound, copy.StatusCode);
        Assert.Empty(await FoundAsync(ann, "?show=trash&q=thrown"));
        Assert.Null((await ann.OpenAsync($"/newsroom/media/{id}/")).QuerySelector("form.throw"));
        using var reader = site.NewReader();
        await Eventually.SeesAsync(async () => (await reader.ReadAsync(article.Path)).Contains("missing-media", StringComparison.Ordinal));
        Assert.Contains("Thrown away", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
    }

    private static async Task<List<long>> FoundAsync(StaffClient who, string query) =>
        [.. (await who.OpenAsync($"/newsroom/media/{query}")).QuerySelectorAll(".shelf > li > a").Select(a => long.Parse(a.GetAttribute("href")!.Split('/')[3]))];

    private static async Task<List<string>> UsersAsync(StaffClient who, long id) =>
        [.. (await who.OpenAsync($"/newsroom/media/{id}/")).QuerySelectorAll("section[aria-labelledby=used] li").Select(li => $"{li.QuerySelector("a")!.TextContent}|{li.QuerySelector(".status")!.TextContent}|{li.QuerySelector(".facts")?.TextContent}")];

    private Task<string> PathAsync(long id) => site.ReadAsync(db => db.Media.Where(m => m.ArticleId == id).Select(m => m.Path).SingleAsync());

    private Task<bool> ForgetAsync() => site.App.Services.GetServices<IRecurring>().OfType<ForgetFiles>().Single().RunAsync(CancellationToken.None);

    private async Task<int> CostAsync(StaffClient who)
    {
        site.Statements.Reset();
        await who.OpenAsync("/newsroom/media/");
        return site.Statements.Statements.Count;
    }

    private static async Task SeedAsync(WriteScope scope, int count, CancellationToken ct)
    {
        var articles = Enumerable.Range(0, count).Select(_ => Article.Create(ArticleKind.Attachment, ArticleStatus.Inherit, scope.Now, null)).ToList();
        foreach (var article in articles) article.Date(ArticleStatus.Inherit, scope.Now, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Unspecified));
        scope.Db.Articles.AddRange(articles);
        await scope.FlushAsync(ct);
        foreach (var article in articles)
        {
            var media = new Core.Publishing.Media(article.Id, $"/wp-content/uploads/2001/02/seed-{article.Id}.png", "image/png", "");
            media.File($"Seed {article.Id}", article.PublishedLocal);
            scope.Db.Media.Add(media);
        }
    }

    private static async Task<long> AddAsync(StaffClient who, string name, byte[] content, string alt)
    {
        using var answer = await who.SubmitAsync("/newsroom/media/", [new("alt", alt)], files: ("file", name, content));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3]);
    }

    private static byte[] Picture(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        return black.PngsaveBuffer();
    }

    public sealed class OnSqlite(SqliteSite site) : LibraryTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LibraryTests(site), IClassFixture<PostgresSite>;
}
