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

public abstract class EditorTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_text_that_cannot_be_read_is_a_problem_of_its_field_and_is_kept()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var words = string.Concat(Enumerable.Repeat("> ", 2_000)) + "kept words";

        using var answer = await editor.SubmitAsync("/newsroom/articles/new/", [new("title", "Deep"), new("body", words), new("format", "markdown")], ("deed", "publish"), "form.editor");
        using var preview = await editor.SubmitAsync("/newsroom/articles/new/", [new("title", "Deep"), new("body", words), new("format", "markdown")], ("deed", "preview"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains("nested too deeply", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(words, page.QuerySelector("textarea[name=body]")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.Contains("nested too deeply", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_is_at_its_address_with_all_that_was_filled_in()
    {
        await site.SetAsync(p => p with { TimeZone = "Europe/Berlin" });
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("A quay reopens", "publish", new("body", "The quay is **open**."), new("excerpt", "In short."), new("new_category", "Harbour News"), new("tags", "quay\nFerries"), new("date", "2024-01-31T23:45"),
            new("outlet", "The Coastal Wire"), new("original_url", "https://wire.example/quay"), new("credit_date", "2024-01-30"), new("terms", "FullText"), new("canonical", "1"), new("slug", "Quay Reopens"));

        var page = await ed.OpenAsync("/2024/01/31/quay-reopens/");

        Assert.Equal("open", page.QuerySelector(".e-content strong")?.TextContent);
        Assert.Equal("https://wire.example/quay", page.QuerySelector("link[rel=canonical]")?.GetAttribute("href"));
        var article = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == id));
        Assert.Equal(new DateTimeOffset(2024, 1, 31, 22, 45, 0, TimeSpan.Zero), article.PublishedAt);
        Assert.Equal((RepublishingTerms.FullText, new DateOnly(2024, 1, 30)), (article.Credit!.Terms, article.Credit.Date));
        Assert.Equal(["Ferries 1", "Harbour News 1", "quay 1"], await site.ReadAsync(async db => (await db.ArticleTerms.Where(t => t.ArticleId == id).Join(db.Terms, t => t.TermId, t => t.Id, (_, t) => new { t.Name, t.Articles }).ToListAsync()).Select(t => $"{t.Name} {t.Articles}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_unchanged_save_moves_nothing()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Stays where it is", "publish", new KeyValuePair<string, string?>("tags", "one"));
        var before = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == id));

        using var answer = await ed.SubmitAsync($"/newsroom/articles/{id}/", [], ("deed", "update"), "form.editor");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var after = await site.ReadAsync(db => db.Articles.SingleAsync(a => a.Id == id));
        Assert.Equal((before.Slug, before.PublishedAt, before.PublishedLocal, before.AuthorId, before.CommentsOpen, before.Body), (after.Slug, after.PublishedAt, after.PublishedLocal, after.AuthorId, after.CommentsOpen, after.Body));
        Assert.Empty(await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == id).ToListAsync()));
        Assert.Equal(1, await site.ReadAsync(db => db.Terms.Where(t => t.Name == "one").Select(t => t.Articles).SingleAsync()));
    }

    [Fact]
    public async Task A_problem_stands_at_its_field_and_the_words_are_kept()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", "Kept <title>"), new("body", "Kept words & more."), new("original_url", "ftp://nowhere"), new("outlet", "The Wire"), new("date", "2030-03-40T10:00")], ("deed", "publish"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Equal("Kept <title>", page.QuerySelector("#f-title")!.GetAttribute("value"));
        Assert.Equal("Kept words & more.", ((IHtmlTextAreaElement)page.QuerySelector("#f-body")!).Value);
        Assert.Equal("f-original_url-problem", page.QuerySelector("#f-original_url")!.GetAttribute("aria-describedby"));
        Assert.Contains("https://", page.QuerySelector("#f-original_url-problem")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#f-date-problem"));
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "Kept <title>")));
    }

    [Fact]
    public async Task A_time_that_clocks_skip_is_refused()
    {
        await site.SetAsync(p => p with { TimeZone = "Europe/Berlin" });
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", "No such hour"), new("date", "2024-03-31T02:30")], ("deed", "publish"), "form.editor");

        Assert.Contains("does not exist", (await StaffClient.PageOf(answer)).QuerySelector("#f-date-problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_without_script_shows_the_words_and_saves_nothing()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", "Looked at"), new("body", "Some *words* <script>alert(1)</script>")], ("deed", "preview"), "form.editor");

        var page = await StaffClient.PageOf(answer);
        Assert.Equal("words", page.QuerySelector("[data-preview] em")?.TextContent);
        Assert.Null(page.QuerySelector("[data-preview] script"));
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "Looked at")));
    }

    [Fact]
    public async Task The_preview_for_the_script_is_a_fragment_of_safe_markup()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Contributor);
        var token = (await ed.OpenAsync("/newsroom/articles/new/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await ed.Browser.PostAsync("/newsroom/preview/", [new("__RequestVerificationToken", token), new("title", "A <b>title</b>"), new("body", "<p onclick=x()>Words</p><img src=x onerror=y()>"), new("format", "html")]);
        using var without = await ed.Browser.PostAsync("/newsroom/preview/", [new("title", "A"), new("body", "B")]);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<p>Words</p>", text);
        Assert.DoesNotContain("onclick", text);
        Assert.DoesNotContain("onerror", text);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
    }

    [Fact]
    public async Task Two_who_write_at_once_overwrite_nothing_unseen()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Both at it", "publish");
        var path = $"/newsroom/articles/{id}/";
        var bobs = (IHtmlFormElement)(await bob.OpenAsync(path)).QuerySelector("form.editor")!;
        using var first = await ann.SubmitAsync(path, [new("body", "Ann's words.")], ("deed", "update"), "form.editor");

        using var second = await bob.SendAsync(bobs, path, [new("body", "Bob's words.")], ("deed", "update"));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var page = await StaffClient.PageOf(second);
        Assert.Equal("Ann's words.", ((IHtmlTextAreaElement)page.QuerySelector(".conflict textarea")!).Value);
        Assert.Equal("Bob's words.", ((IHtmlTextAreaElement)page.QuerySelector("#f-body")!).Value);
        Assert.Equal("Ann's words.", await BodyOf(id));
        using var knowingly = await bob.SendAsync((IHtmlFormElement)page.QuerySelector("form.editor")!, path, [], ("deed", "update"));
        Assert.Equal(HttpStatusCode.Found, knowingly.StatusCode);
        Assert.Equal("Bob's words.", await BodyOf(id));
        Assert.Contains("Ann's words.", await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == id).Select(r => r.Body).ToListAsync()));
    }

    [Fact]
    public async Task Of_two_saves_at_the_same_moment_one_wins_and_the_other_is_told()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("At the same moment", "publish");
        var path = $"/newsroom/articles/{id}/";
        var forms = await Task.WhenAll(new[] { ann, bob }.Select(async c => (Client: c, Form: (IHtmlFormElement)(await c.OpenAsync(path)).QuerySelector("form.editor")!)));

        var answers = await Task.WhenAll(forms.Select(f => f.Client.SendAsync(f.Form, path, [new("body", $"Words of {f.Client.Id}.")], ("deed", "update"))));

        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
    }

    private Task<string> BodyOf(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync());

    public sealed class OnSqlite(SqliteSite site) : EditorTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : EditorTests(site), IClassFixture<PostgresSite>;
}
