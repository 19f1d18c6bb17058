using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Newsroom.Redirects;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class RedirectTests(BroadsheetSite site)
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    [Fact]
    public async Task A_rule_sends_readers_on_from_the_next_request_and_its_undo_ends_that()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/first-old/")).Status);
        await MakeAsync(editor, "/first-old/", "/first-new/");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/first-new/?a=b"), await GetAsync("/First-Old?a=b"));
        var page = await editor.OpenAsync("/newsroom/redirects/");
        Assert.Contains("/first-old", page.QuerySelector("ul.rows")!.TextContent, StringComparison.Ordinal);
        await MakeAsync(editor, "/first-old/", "https://else.example/x", "Temporary");
        Assert.Equal((HttpStatusCode.Found, "https://else.example/x"), await GetAsync("/first-old/"));
        using var undone = await editor.SubmitAsync("/newsroom/redirects/", [], form: ".notice form");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/first-new/"), await GetAsync("/first-old/"));
    }

    [Fact]
    public async Task What_is_published_comes_before_any_rule()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var article = await site.PublishAsync("Stands in the way");
        await MakeAsync(editor, article.Path, "/elsewhere/");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(article.Path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_rule_comes_before_a_guess_a_former_address_and_another_date_but_not_before_what_stands_there()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var (guessed, renamed) = (await site.PublishAsync("The ferry comes back"), await site.PublishAsync("Once called otherwise"));
        var former = renamed.Path;
        using (var saved = await editor.SubmitAsync($"/newsroom/articles/{renamed.Id}/", [new("slug", "called-anew")], ("deed", "update"), "form.editor")) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var otherDate = $"/2001/02/03/{guessed.Path.Trim('/').Split('/')[^1]}/";
        Assert.Equal(guessed.Path, (await GetAsync("/the-ferry/")).To);
        Assert.Equal(guessed.Path, (await GetAsync(otherDate)).To);
        Assert.Equal(HttpStatusCode.MovedPermanently, (await GetAsync(former)).Status);

        foreach (var from in new[] { "/the-ferry/", former, otherDate })
        {
            await MakeAsync(editor, from, "/");
            Assert.DoesNotContain("something stands", await NoticeAsync(editor), StringComparison.Ordinal);
            Assert.Equal((HttpStatusCode.MovedPermanently, "/"), await GetAsync(from));
        }
        await MakeAsync(editor, guessed.Path, "/");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(guessed.Path)).Status);
        Assert.Equal(guessed.Path, (await GetAsync(guessed.Path.TrimEnd('/'))).To);
    }

    [Fact]
    public async Task What_a_rule_waits_for_leads_to_in_vain_or_takes_the_place_of_is_said()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var article = await site.PublishAsync("Said of rules");
        var page = await site.PublishAsync(new ArticleEdit("About the rules", "Words.", BodyFormat.Markdown) { Kind = ArticleKind.Page, Status = ArticleStatus.Published });

        await MakeAsync(editor, page.Path, article.Path);
        Assert.Equal($"The rule is kept, but something stands at {page.Path.TrimEnd('/')}: it works only once nothing stands there.", await NoticeAsync(editor));
        await MakeAsync(editor, "/follow/", article.Path);
        Assert.Contains("something stands at /follow:", await NoticeAsync(editor), StringComparison.Ordinal);
        await MakeAsync(editor, "/said-old/", "/said-nowhere/");
        Assert.Equal("/said-old leads to /said-nowhere/ now. Nothing stands at /said-nowhere/: who is sent there is told that the page is missing.", await NoticeAsync(editor));
        await MakeAsync(editor, "/said-old/", article.Path);
        Assert.Equal($"/said-old leads to {article.Path} now. It takes the place of the rule by which it led to /said-nowhere/.", await NoticeAsync(editor));
    }

    [Fact]
    public async Task What_is_gone_is_said_to_be_gone()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        await MakeAsync(editor, "/taken-down/*", "", "Gone");
        Assert.Equal(HttpStatusCode.Gone, (await GetAsync("/taken-down/a/")).Status);
    }

    [Fact]
    public async Task A_wrong_rule_is_told_at_its_field_with_the_words_kept()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        await MakeAsync(editor, "/round-a/", "/round-b/");
        using var answer = await editor.SubmitAsync("/newsroom/redirects/", [new("from", "/round-b/"), new("to", "/round-a/")], form: "form:has([name=kind])");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains("circle", page.QuerySelector("#f-to-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/round-b/", page.QuerySelector("#f-from")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/round-b/")).Status);
    }

    [Fact]
    public async Task Where_readers_found_nothing_is_listed_until_a_rule_is_made_of_it()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        for (var i = 0; i < 3; i++) await GetAsync("/missed-page/", "https://far.example/links");
        await GetAsync("/missed-picture.jpg", new Uri(site.Url, "/an/article/").AbsoluteUri);
        await GetAsync("/wp-login.php");
        await GetAsync("/.env");
        await GetAsync("/robots-only/", agent: "Findbot/1.0");
        await site.App.Services.GetServices<IRecurring>().OfType<WriteMissed>().Single().RunAsync(CancellationToken.None);
        var rows = await site.ReadAsync(db => db.MissedAddresses.Where(m => m.Path.StartsWith("/missed") || m.Path.Contains("login") || m.Path.Contains("env") || m.Path.StartsWith("/robots-only")).OrderBy(m => m.Path).Select(m => new { m.Path, m.Hits, m.LinkedFrom }).ToListAsync());
        Assert.Equal([("/missed-page", 3, "far.example"), ("/missed-picture.jpg", 1, "/an/article/")], rows.Select(r => (r.Path, r.Hits, r.LinkedFrom)));
        var page = await editor.OpenAsync("/newsroom/redirects/?from=%2Fmissed-page");
        Assert.Equal("/missed-page", page.QuerySelector("#f-from")!.GetAttribute("value"));
        await MakeAsync(editor, "/missed-page", "/");
        Assert.False(await site.ReadAsync(db => db.MissedAddresses.AnyAsync(m => m.Path == "/missed-page")));
        await GetAsync("/missed-page");
        await site.App.Services.GetServices<IRecurring>().OfType<WriteMissed>().Single().RunAsync(CancellationToken.None);
        Assert.Equal(1, await site.ReadAsync(db => db.Redirections.Where(r => r.Folded == "/missed-page").Select(r => r.Hits).SingleAsync()));
    }

    private static async Task<string> NoticeAsync(StaffClient editor) => (await editor.OpenAsync("/newsroom/redirects/")).QuerySelector(".notice p")!.TextContent;

    private static async Task MakeAsync(StaffClient editor, string from, string to, string kind = "Moved")
    {
        using var answer = await editor.SubmitAsync("/newsroom/redirects/", [new("from", from), new("to", to), new("kind", kind)], form: "form:has([name=kind])");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string? To)> GetAsync(string path, string? from = null, string agent = Browser)
    {
        using var reader = site.NewReader();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        if (from is not null) request.Headers.TryAddWithoutValidation("Referer", from);
        using var answer = await reader.Http.SendAsync(request);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    public sealed class OnSqlite(SqliteSite site) : RedirectTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RedirectTests(site), IClassFixture<PostgresSite>;
}
