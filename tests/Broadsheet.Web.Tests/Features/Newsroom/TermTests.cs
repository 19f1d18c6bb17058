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
        using var merged = await editor.SubmitAsync($"/newsroom/categories/{from}/", [new("into", $"{into}")], form: "form[action$=merge\\/]");
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
