using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class TermTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_section_is_added_renamed_and_described_and_its_old_address_leads_on()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(editor, "categories", "Harbour news");
        var article = await PublishAsync("In the harbour", id);
        Assert.Contains("Harbour news", await ReadAsync(article.Path), StringComparison.Ordinal);
        using var saved = await editor.SubmitAsync($"/newsroom/categories/{id}/", [new("name", "The Quay"), new("slug", "quay"), new("description", "All of the <em>quay</em><script>alert(1)</script>")]);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Contains("The Quay", await ReadAsync(article.Path), StringComparison.Ordinal);
        Assert.DoesNotContain("Harbour news", await ReadAsync(article.Path), StringComparison.Ordinal);
        var page = await ReadAsync("/category/quay/");
        Assert.Contains("All of the <em>quay</em>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", page, StringComparison.Ordinal);
        Assert.Equal("/category/quay/", await RedirectOfAsync("/category/harbour-news/"));
        Assert.Equal("/category/quay/page/2/", await RedirectOfAsync("/category/harbour-news/page/2/"));
    }

    [Fact]
    public async Task There_and_back_leads_nobody_round_in_a_circle()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(editor, "tags", "Here, there");
        foreach (var slug in new[] { "there-1", "here-there", "there-1", "there-2", "here-there" })
            using (var saved = await editor.SubmitAsync($"/newsroom/tags/{id}/", [new("slug", slug)])) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Null(await RedirectOfAsync("/tag/here-there/"));
        foreach (var old in new[] { "/tag/there-1/", "/tag/there-2/" })
        {
            var at = old;
            for (var steps = 0; await RedirectOfAsync(at) is { } next; steps++)
            {
                Assert.True(steps < 5, $"{old} leads round.");
                at = next;
            }
            Assert.Equal("/tag/here-there/", at);
        }
    }

    [Fact]
    public async Task One_is_merged_into_another_with_its_articles_its_children_and_its_address()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var (from, into) = (await AddAsync(editor, "categories", "Cinema"), await AddAsync(editor, "categories", "Films"));
        var child = await AddAsync(editor, "categories", "Shorts", from);
        var (both, one) = (await PublishAsync("In both", from, into), await PublishAsync("In one", from));
        using var wrong = await editor.SubmitAsync($"/newsroom/categories/{from}/", [new("into", $"{child}")], form: "form[action$=merge\\/]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var asked = await editor.SubmitAsync($"/newsroom/categories/{from}/", [new("into", $"{into}")], form: "form[action$=merge\\/]");
        var question = await StaffClient.PageOf(asked);
        Assert.Contains("Merge “Cinema” into “Films”?", question.QuerySelector("section.box")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("One article is filed anew, drafts included; one article is filed under both already.", question.QuerySelector("section.box")!.TextContent, StringComparison.Ordinal);
        Assert.True(await site.ReadAsync(db => db.Terms.AnyAsync(t => t.Id == from)));
        using var merged = await editor.SendAsync((AngleSharp.Html.Dom.IHtmlFormElement)question.QuerySelector("#sure")!, "", [], ("sure", "1"));
        Assert.Equal(HttpStatusCode.Found, merged.StatusCode);
        Assert.Equal([both.Id, one.Id], (await site.ReadAsync(db => db.ArticleTerms.Where(t => t.TermId == into).Select(t => t.ArticleId).ToListAsync())).Order());
        var term = await site.ReadAsync(db => db.Terms.SingleAsync(t => t.Id == into));
        Assert.Equal(2, term.Articles);
        Assert.Equal(into, await site.ReadAsync(db => db.Terms.Where(t => t.Id == child).Select(t => t.ParentId).SingleAsync()));
        Assert.False(await site.ReadAsync(db => db.Terms.AnyAsync(t => t.Id == from)));
        Assert.Equal("/category/films/", await RedirectOfAsync("/category/cinema/"));
        Assert.Contains("In one", await ReadAsync("/category/films/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_one_leaves_its_articles_and_lifts_what_stood_below_it()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var top = await AddAsync(editor, "categories", "Arts");
        var middle = await AddAsync(editor, "categories", "Stage", top);
        var low = await AddAsync(editor, "categories", "Puppets", middle);
        var article = await PublishAsync("On the stage", middle);
        Assert.Contains("Stage", await ReadAsync(article.Path), StringComparison.Ordinal);
        using var deleted = await editor.SubmitAsync($"/newsroom/categories/{middle}/", [], form: "form[action$=delete\\/]");
        Assert.Equal(HttpStatusCode.Found, deleted.StatusCode);
        Assert.Equal(top, await site.ReadAsync(db => db.Terms.Where(t => t.Id == low).Select(t => t.ParentId).SingleAsync()));
        Assert.DoesNotContain("/stage/", await ReadAsync(article.Path), StringComparison.Ordinal);
        Assert.Equal("/category/arts/", await RedirectOfAsync("/category/arts/stage/"));
        using var again = await editor.SubmitAsync($"/newsroom/categories/{top}/", [], form: "form[action$=delete\\/]");
        using var gone = await editor.GetAsync($"/newsroom/categories/{top}/");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Two_of_one_parent_have_no_name_in_common_and_what_was_changed_is_said_and_logged()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var (top, twin) = (await AddAsync(editor, "categories", "Äcker"), await AddAsync(editor, "categories", "Meadows"));
        using var wrong = await editor.SubmitAsync($"/newsroom/categories/{twin}/", [new("name", "äcker")]);
        using var below = await editor.SubmitAsync($"/newsroom/categories/{twin}/", [new("name", "äcker"), new("parent", $"{top}")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("merge the two", (await StaffClient.PageOf(wrong)).GetElementById("f-name-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, below.StatusCode);
        Assert.Equal("Saved: readers see it now. Its former address leads to the new one.", (await editor.OpenAsync("/newsroom/categories/")).QuerySelector(".notice p")!.TextContent);
        using var same = await editor.SubmitAsync($"/newsroom/categories/{top}/", [new("name", "Fields")]);
        Assert.Equal("Saved: readers see it now.", (await editor.OpenAsync("/newsroom/categories/")).QuerySelector(".notice p")!.TextContent);
        Assert.Equal(["name of “Meadows”: “Meadows” → “äcker”", "name of “Äcker”: “Äcker” → “Fields”"], await site.ReadAsync(db => db.AuditEntries.Where(e => e.PersonId == editor.Id && e.What.StartsWith("name of")).OrderBy(e => e.Id).Select(e => e.What).ToListAsync()));
        // What an import brought twice can still be described.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Terms.Where(t => t.Id == twin).ExecuteUpdateAsync(set => set.SetProperty(t => t.Name, "Fields").SetProperty(t => t.ParentId, (long?)null), ct), CancellationToken.None);
        using var described = await editor.SubmitAsync($"/newsroom/categories/{twin}/", [new("description", "Green.")]);
        Assert.Equal(HttpStatusCode.Found, described.StatusCode);
    }

    [Fact]
    public async Task Deleting_stands_folded_with_what_it_will_do()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await AddAsync(editor, "tags", "Going away");
        await site.PublishAsync(new ArticleEdit("Tagged to go", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Tags = ["Going away"] });

        var folded = (await editor.OpenAsync($"/newsroom/tags/{id}/")).QuerySelector("details:has(form[action$=delete\\/])")!;

        Assert.False(folded.HasAttribute("open"));
        Assert.Contains("One article loses this tag, and nothing else. This cannot be undone.", folded.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "", "f-name-problem")]
    [InlineData("slug", "taken-here", "f-slug-problem")]
    [InlineData("slug", "???", "f-slug-problem")]
    public async Task What_is_wrong_stands_at_its_field(string field, string value, string problem)
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        if (!await site.ReadAsync(db => db.Terms.AnyAsync(t => t.Taxonomy == Term.Tag && t.Slug == "taken-here"))) await AddAsync(editor, "tags", "Taken here");
        var typed = new Dictionary<string, string?> { ["name"] = "Some name", ["slug"] = "some-slug", [field] = value };
        using var answer = await editor.SubmitAsync("/newsroom/tags/", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotNull((await StaffClient.PageOf(answer)).GetElementById(problem));
    }

    private async Task<long> AddAsync(StaffClient editor, string kind, string name, long? parent = null)
    {
        using var answer = await editor.SubmitAsync($"/newsroom/{kind}/", [new("name", name), new("slug", ""), .. parent is { } p ? [new KeyValuePair<string, string?>("parent", $"{p}")] : Array.Empty<KeyValuePair<string, string?>>()]);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await site.ReadAsync(db => db.Terms.Where(t => t.Name == name).Select(t => t.Id).SingleAsync());
    }

    private Task<PublishedArticle> PublishAsync(string title, params long[] categories) => site.PublishAsync(new ArticleEdit(title, "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Categories = categories });

    private async Task<string> ReadAsync(string path)
    {
        using var reader = site.NewReader();
        return await reader.Http.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    private async Task<string?> RedirectOfAsync(string path)
    {
        using var reader = site.NewReader();
        using var answer = await reader.GetAsync(path);
        return answer.Headers.Location?.OriginalString;
    }

    public sealed class OnSqlite(SqliteSite site) : TermTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : TermTests(site), IClassFixture<PostgresSite>;
}
