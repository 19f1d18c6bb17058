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

    [Fact]
    public async Task A_missing_token_is_refused_and_the_words_come_back()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.Browser.PostAsync("/newsroom/articles/new/", [new("title", "From nowhere"), new("body", "Words that must not be lost, however long they are."), new("deed", "publish")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains("Words that must not be lost", page.QuerySelector("textarea[name=body]")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "From nowhere")));
        using var again = await ed.SendAsync((IHtmlFormElement)page.QuerySelector("form.kept")!, "", []);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.True(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "From nowhere" && a.Status == ArticleStatus.Published)));
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var token = (await ed.OpenAsync("/newsroom/articles/new/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/newsroom/articles/new/", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("title", "Forged"), new("deed", "publish")]) };
        ed.Browser.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await ed.Browser.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "Forged")));
    }

    [Fact]
    public async Task The_list_is_narrowed_by_standing_author_and_words()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        using var other = await StaffClient.SignInAsync(site, Role.Author);
        await ed.WriteAsync("Quorum of herrings", "draft");
        await other.WriteAsync("Quorum of mackerels", "publish");

        Assert.Equal(["Quorum of herrings", "Quorum of mackerels"], (await TitlesAsync(ed, "q=quorum")).Order(StringComparer.Ordinal));
        Assert.Equal(["Quorum of herrings"], await TitlesAsync(ed, "q=QUORUM&status=draft"));
        Assert.Equal(["Quorum of mackerels"], await TitlesAsync(ed, $"q=quorum&author={other.Id}"));
        Assert.Equal(["Quorum of mackerels"], await TitlesAsync(other, "q=quorum"));
        Assert.Empty(await TitlesAsync(ed, "q=100%25"));
    }

    [Fact]
    public async Task Settings_change_what_readers_see_and_wrong_ones_are_told()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var wrong = await admin.SubmitAsync("/newsroom/settings/", [new("permalinks", "/%nonsense%/"), new("posts_per_page", "many"), new("title", "Half typed")]);
        using var right = await admin.SubmitAsync("/newsroom/settings/", [new("title", "The Evening Tide"), new("thread_depth", "3")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var page = await StaffClient.PageOf(wrong);
        Assert.Contains("nonsense", page.QuerySelector("#f-permalinks-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("many", page.QuerySelector("#f-posts_per_page")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        using var reader = site.NewReader();
        Assert.Contains("The Evening Tide", await reader.ReadAsync("/"));
        Assert.Equal("3", (await admin.OpenAsync("/newsroom/settings/")).QuerySelector("#f-thread_depth")!.GetAttribute("value"));
    }

    private static async Task<List<string>> TitlesAsync(StaffClient who, string query) => [.. (await who.OpenAsync($"/newsroom/articles/?{query}")).QuerySelectorAll(".rows .title").Select(t => t.TextContent)];

    private Task<string> BodyOf(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync());

    private Task<ArticleStatus> StatusOf(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Status).SingleAsync());

    private Task<int> CountOf(string tag) => site.ReadAsync(db => db.Terms.Where(t => t.Name == tag).Select(t => t.Articles).SingleAsync());

    private async Task<string> AddressOf(long id)
    {
        using var reader = site.NewReader();
        using var answer = await reader.GetAsync($"/?p={id.ToString(CultureInfo.InvariantCulture)}");
        return answer.Headers.Location!.OriginalString;
    }

    public sealed class OnSqlite(SqliteSite site) : EditorTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : EditorTests(site), IClassFixture<PostgresSite>;
}
