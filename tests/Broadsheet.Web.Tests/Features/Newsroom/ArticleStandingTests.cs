using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>Where an article stands, and its address with it.</summary>
public abstract class ArticleStandingTests(BroadsheetSite site)
{
    [Fact]
    public async Task An_earlier_version_comes_back_and_the_later_one_is_kept()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Twice written", "publish", new KeyValuePair<string, string?>("body", "First words."));
        var path = $"/newsroom/articles/{id}/";
        using var change = await ed.SubmitAsync(path, [new("title", "Twice written indeed"), new("body", "Second words.")], ("deed", "update"), "form.editor");
        var revision = ((IHtmlAnchorElement)(await ed.OpenAsync($"{path}revisions/")).QuerySelector(".rows a")!).GetAttribute("href")!;
        var seen = await ed.OpenAsync(revision);
        Assert.Equal(["First"], seen.QuerySelectorAll(".changes del").Select(d => d.TextContent.Trim()));
        Assert.Equal(["indeed", "Second"], seen.QuerySelectorAll(".changes ins").Select(i => i.TextContent.Trim()));

        using var answer = await ed.SubmitAsync(revision, []);

        Assert.Equal(path, answer.Headers.Location?.OriginalString);
        Assert.Equal("First words.", await BodyOf(id));
        var revisions = await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == id).OrderBy(r => r.Id).Select(r => $"{r.Title}: {r.Body}").ToListAsync());
        Assert.Equal(["Twice written: First words.", "Twice written indeed: Second words."], revisions);
        Assert.Contains("First words.", await ed.Browser.ReadAsync(await AddressOf(id)));
        Assert.Contains("Readers see them at once.", seen.Body!.TextContent, StringComparison.Ordinal);
        var said = await ed.OpenAsync(path);
        Assert.Contains("readers see them now", said.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        using var undo = await ed.SendAsync((IHtmlFormElement)said.QuerySelector(".notice form")!, "", []);
        Assert.Equal("Second words.", await BodyOf(id));
        Assert.Contains("Second words.", await ed.Browser.ReadAsync(await AddressOf(id)));
    }

    [Fact]
    public async Task A_date_to_come_takes_what_is_published_away_until_then_and_that_is_said()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Put off", "publish");
        var path = $"/newsroom/articles/{id}/";
        Assert.Contains("With a date to come, readers do not see it until then.", (await ed.OpenAsync(path)).QuerySelector(".publish")!.TextContent, StringComparison.Ordinal);

        using var update = await ed.SubmitAsync(path, [new("date", "2099-01-01T08:00")], ("deed", "update"), "form.editor");

        Assert.Equal(ArticleStatus.Scheduled, await StatusOf(id));
        Assert.Contains("Readers do not see it until", (await ed.OpenAsync(path)).QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trash_is_taken_back_with_one_button_and_to_where_it_was()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("There and back", "publish", new KeyValuePair<string, string?>("tags", "there-and-back"));
        var address = await AddressOf(id);

        using var trash = await ed.SubmitAsync($"/newsroom/articles/{id}/", [], form: "form.trash");
        using var reader = site.NewReader();
        using var gone = await reader.GetAsync(address);
        Assert.Equal(0, await CountOf("there-and-back"));
        using var undo = await ed.SubmitAsync("/newsroom/articles/", [], form: ".notice form");

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(HttpStatusCode.Found, undo.StatusCode);
        Assert.Contains("There and back", await reader.ReadAsync(address));
        Assert.Equal(1, await CountOf("there-and-back"));
    }

    [Fact]
    public async Task What_was_moved_to_the_trash_meanwhile_is_not_published_from_a_form_that_was_left_open()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Left open in a tab", "draft");
        var address = $"/newsroom/articles/{id}/";
        var form = (IHtmlFormElement)(await ed.OpenAsync(address)).QuerySelector("form.editor")!;
        using var away = await ed.SubmitAsync(address, [], null, "form.trash");

        using var answer = await ed.SendAsync(form, address, [new("body", "Later words.")], ("deed", "publish"));

        var page = await StaffClient.PageOf(answer);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("moved to the trash meanwhile", page.QuerySelector(".problem.summary")!.TextContent);
        Assert.Equal("Later words.", page.QuerySelector("[name=body]")!.TextContent);
        Assert.Equal(ArticleStatus.Trashed, await StatusOf(id));
    }

    [Fact]
    public async Task A_slug_that_was_given_away_meanwhile_gets_a_number()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var first = await ed.WriteAsync("Wanted by two", "publish");
        using var trash = await ed.SubmitAsync($"/newsroom/articles/{first}/", [], form: "form.trash");
        var second = await ed.WriteAsync("Wanted by two", "publish");

        using var undo = await ed.SubmitAsync("/newsroom/articles/?status=trashed", [], form: $"form[action='/newsroom/articles/{first}/restore/']");

        Assert.Equal("wanted-by-two", await site.ReadAsync(db => db.Articles.Where(a => a.Id == second).Select(a => a.Slug).SingleAsync()));
        Assert.Equal("wanted-by-two-2", await site.ReadAsync(db => db.Articles.Where(a => a.Id == first).Select(a => a.Slug).SingleAsync()));
    }

    [Fact]
    public async Task A_drafts_address_follows_its_headline_until_readers_have_seen_it()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Working title of it", "draft");
        var path = $"/newsroom/articles/{id}/";

        using var publish = await ed.SubmitAsync(path, [new("title", "The real headline")], ("deed", "publish"), "form.editor");
        using var retitle = await ed.SubmitAsync(path, [new("title", "Corrected headline")], ("deed", "update"), "form.editor");

        Assert.Equal("the-real-headline", await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Slug).SingleAsync()));
    }

    [Fact]
    public async Task A_scheduled_article_goes_out_by_itself()
    {
        // Another test may have left it so, with a front page full of articles: the order is the local time's.
        await site.SetAsync(p => p with { TimeZone = "Europe/Berlin" });
        for (var n = 0; n < 10; n++) await site.PublishAsync(new ArticleEdit($"Before it {n}", "Words.", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = TimeProvider.System.GetUtcNow().AddMinutes(-30) });
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Soon to come", "schedule", new KeyValuePair<string, string?>("date", "2099-01-01T08:00"));
        using var reader = site.NewReader();
        Assert.DoesNotContain("Soon to come", await reader.ReadAsync("/"));
        Assert.Equal(ArticleStatus.Scheduled, await StatusOf(id));
        // Its hour comes: the date is moved to a moment ago, as if we had waited.
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var article = await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct);
            var at = scope.Now.AddSeconds(-1);
            article.Date(ArticleStatus.Scheduled, at, new Publication { TimeZone = "Europe/Berlin" }.Local(at));
        }, CancellationToken.None);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        // The page, not the row: between the commit and the eviction lies a moment.
        while (!(await reader.ReadAsync("/")).Contains("Soon to come", StringComparison.Ordinal)) await Task.Delay(100, patience.Token);

        Assert.Equal(ArticleStatus.Published, await StatusOf(id));
    }

    [Fact]
    public async Task What_is_scheduled_goes_out_now_by_its_button_and_a_date_gone_by_is_no_schedule()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Cannot wait", "schedule", new KeyValuePair<string, string?>("date", "2099-01-01T08:00"));

        using var now = await ed.SubmitAsync($"/newsroom/articles/{id}/", [], ("deed", "publish"), "form.editor");
        using var past = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", "Too late"), new("date", "2001-01-01T08:00")], ("deed", "schedule"), "form.editor");

        Assert.Equal(ArticleStatus.Published, await StatusOf(id));
        Assert.InRange(await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.PublishedAt!.Value.Year).SingleAsync()), 2020, 2098);
        Assert.NotNull((await StaffClient.PageOf(past)).QuerySelector("#f-date-problem"));
    }

    [Fact]
    public async Task A_page_has_its_parents_address_and_never_stands_below_itself()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        using var made = await ed.SubmitAsync("/newsroom/pages/new/", [new("title", "House rules"), new("body", "Rules.")], ("deed", "publish"), "form.editor");
        var parent = made.Headers.Location!.OriginalString.Split('/')[3];
        using var below = await ed.SubmitAsync("/newsroom/pages/new/", [new("title", "Small print"), new("body", "Print."), new("parent", parent)], ("deed", "publish"), "form.editor");
        var child = below.Headers.Location!.OriginalString.Split('/')[3];

        using var circle = await ed.SubmitAsync($"/newsroom/pages/{parent}/", [new("parent", child)], ("deed", "update"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, circle.StatusCode);
        Assert.NotNull((await StaffClient.PageOf(circle)).QuerySelector("#f-parent ~ .problem"));
        Assert.Contains("Print.", await ed.Browser.ReadAsync("/house-rules/small-print/"));
    }

    private Task<string> BodyOf(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync());

    private Task<ArticleStatus> StatusOf(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Status).SingleAsync());

    private Task<int> CountOf(string tag) => site.ReadAsync(db => db.Terms.Where(t => t.Name == tag).Select(t => t.Articles).SingleAsync());

    private async Task<string> AddressOf(long id)
    {
        using var reader = site.NewReader();
        using var answer = await reader.GetAsync($"/?p={id.ToString(CultureInfo.InvariantCulture)}");
        return answer.Headers.Location!.OriginalString;
    }

    public sealed class OnSqlite(SqliteSite site) : ArticleStandingTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ArticleStandingTests(site), IClassFixture<PostgresSite>;
}
