using System.Globalization;
using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>What writers do with their own comments, and readers with those of others.</summary>
public abstract class OwnCommentTests(BroadsheetSite site) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, EditMinutes = 10, HoldWords = "", HoldLinks = 2 });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_writer_mends_their_words_and_readers_see_that_they_did()
    {
        var article = await site.PublishAsync("Mended");
        using var writer = site.NewReader();
        var id = await SayAsync(writer, article.Path, "Teh first words.");
        Assert.Equal($"/discussion/edit/?c={id}", (await writer.OpenAsync(article.Path)).QuerySelector($"#comment-{id} a[href*='edit']")!.GetAttribute("href"));
        Assert.Contains("Teh first words.", (await writer.OpenAsync($"/discussion/edit/?c={id}")).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);

        using var saved = await writer.PostAsync("/discussion/edit/", [new("c", $"{id}"), new("comment", "The *first* words.")]);

        Assert.Equal((HttpStatusCode.SeeOther, $"{article.Path}#comment-{id}"), (saved.StatusCode, saved.Headers.Location!.OriginalString));
        using var stranger = site.NewReader();
        var item = (await stranger.OpenAsync(article.Path)).QuerySelector($"#comment-{id}")!;
        Assert.Equal("The first words.", item.QuerySelector(".comment-text")!.TextContent.Trim());
        Assert.StartsWith("edited", item.QuerySelector(".edited")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Teh first words."], await site.ReadAsync(db => db.CommentRevisions.Where(r => r.CommentId == id).Select(r => r.Body).ToListAsync()));
        await site.IndexAsync();
        Assert.Contains("Mended", await stranger.ReadAsync("/?s=first"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_changes_it_and_nobody_after_its_time()
    {
        var article = await site.PublishAsync("Mine");
        using var writer = site.NewReader();
        var id = await SayAsync(writer, article.Path, "Mine alone.");
        using var other = site.NewReader();
        using var staff = await StaffClient.SignInAsync(site, Role.Administrator);

        foreach (var stranger in new[] { other, staff.Browser })
            foreach (var (path, fields) in new (string, KeyValuePair<string, string>[])[] { ("/discussion/edit/", [new("c", $"{id}"), new("comment", "Yours.")]), ("/discussion/delete/", [new("c", $"{id}")]) })
            {
                using var refused = await stranger.PostAsync(path, fields);
                Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
            }
        await site.Writes.RunAsync((scope, ct) => scope.Db.Comments.Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.At, scope.Now.AddMinutes(-12)), ct), CancellationToken.None);
        using var late = await writer.PostAsync("/discussion/edit/", [new("c", $"{id}"), new("comment", "Too late.")]);
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        Assert.Contains("older", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Mine alone.", await site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Body).SingleAsync()));
    }

    [Fact]
    public async Task A_changed_comment_is_judged_again_and_an_empty_one_is_given_back()
    {
        await site.SetAsync(p => p with { HoldWords = "casino" });
        var article = await site.PublishAsync("Judged again");
        using var writer = site.NewReader();
        var id = await SayAsync(writer, article.Path, "Harmless.");

        using var empty = await writer.PostAsync("/discussion/edit/", [new("c", $"{id}"), new("comment", "  ")]);
        Assert.Contains("the comment is empty", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var bad = await writer.PostAsync("/discussion/edit/", [new("c", $"{id}"), new("comment", "Visit my casino.")]);

        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync()));
        using var stranger = site.NewReader();
        Assert.DoesNotContain("casino", await stranger.ReadAsync(article.Path), StringComparison.Ordinal);
        using var again = await writer.PostAsync("/discussion/edit/", [new("c", $"{id}"), new("comment", "Harmless again.")]);
        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync()));
    }

    [Fact]
    public async Task A_deleted_comment_is_gone_or_leaves_a_tombstone_where_it_was_answered()
    {
        var article = await site.PublishAsync("Deleted");
        using var writer = site.NewReader();
        var (answered, alone) = (await SayAsync(writer, article.Path, "Answered words."), await SayAsync(writer, article.Path, "Lonely words."));
        using var other = site.NewReader();
        await SayAsync(other, $"{article.Path}?replytocom={answered}", "The answer.");

        foreach (var id in new[] { answered, alone })
        {
            Assert.Contains("Delete your comment", await writer.ReadAsync($"/discussion/delete/?c={id}"), StringComparison.Ordinal);
            using var deleted = await writer.PostAsync("/discussion/delete/", [new("c", $"{id}")]);
            Assert.Equal(HttpStatusCode.SeeOther, deleted.StatusCode);
        }

        using var stranger = site.NewReader();
        var page = await stranger.OpenAsync(article.Path);
        Assert.Equal(["1", "1.1"], page.QuerySelectorAll(".comment-list .comment-number").Select(n => n.TextContent));
        Assert.NotNull(page.QuerySelector($"#comment-{answered} .tombstone"));
        Assert.Equal("1 comment", page.QuerySelector("#comments-title")!.TextContent);
        Assert.DoesNotContain("words.", page.QuerySelector(".comment-list")!.TextContent, StringComparison.Ordinal);
        // Nobody tells the writer that a moderator did it.
        Assert.Empty((await writer.OpenAsync(article.Path)).QuerySelectorAll(".comment.held"));
        Assert.DoesNotContain("Not published", await writer.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_deletes_what_waits_is_told_that_they_did_until_a_moderator_decides()
    {
        await site.SetAsync(p => p with { HoldWords = "waiting" });
        var article = await site.PublishAsync("Deleted while it waited");
        using var writer = site.NewReader();
        var id = await SayAsync(writer, article.Path, "Waiting words.");
        using var deleted = await writer.PostAsync("/discussion/delete/", [new("c", $"{id}")]);
        Assert.Equal(HttpStatusCode.SeeOther, deleted.StatusCode);

        Assert.Contains("You deleted this", (await writer.OpenAsync(article.Path)).QuerySelector($"#comment-{id}.held .note")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("You deleted this", await writer.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"), StringComparison.Ordinal);
        using var staff = await StaffClient.SignInAsync(site, Role.Administrator);
        Assert.Contains("Deleted by its writer", await staff.Browser.ReadAsync("/newsroom/comments/?show=trash"), StringComparison.Ordinal);

        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(id)], new DecisionWish(Standing.Spam, staff.Id), ct), CancellationToken.None);
        Assert.Contains("Not published", (await writer.OpenAsync(article.Path)).QuerySelector($"#comment-{id}.held .note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_shows_the_words_and_stores_nothing()
    {
        var article = await site.PublishAsync("Preview");
        using var writer = site.NewReader();

        using var answer = await writer.CommentAsync(article.Path, "> quoted\n\nand *said*", more: [new("preview", "1")]);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("quoted", page.QuerySelector("#preview blockquote")!.TextContent.Trim());
        Assert.Equal("said", page.QuerySelector("#preview em")!.TextContent);
        Assert.Equal("> quoted\n\nand *said*", page.QuerySelector("#comment")!.TextContent);
        Assert.Equal(0, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id)));
    }

    [Fact]
    public async Task A_report_is_taken_once_from_each_reader()
    {
        var article = await site.PublishAsync("Reported");
        var ids = await site.TalkAsync(article.Id, [null]);
        using var guest = site.NewReader();
        using var person = await StaffClient.SignInAsync(site, Role.Reader);
        Assert.Contains("Words 0.", await guest.ReadAsync($"/discussion/report/?comment={ids[0]}"), StringComparison.Ordinal);

        using var noReason = await guest.PostAsync("/discussion/report/", [new("comment", $"{ids[0]}"), new("note", "Look here.")]);
        Assert.Contains("Choose a reason.", await noReason.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var reader in new[] { guest, guest, person.Browser, person.Browser })
        {
            using var thanks = await reader.PostAsync("/discussion/report/", [new("comment", $"{ids[0]}"), new("reason", "abuse"), new("note", "Look here.")]);
            Assert.Contains("Thank you.", await thanks.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var reports = await site.ReadAsync(db => db.CommentReports.Where(r => r.CommentId == ids[0]).OrderBy(r => r.Id).ToListAsync());
        Assert.Equal([(ReportReason.Abuse, "Look here.", null), (ReportReason.Abuse, "Look here.", (long?)person.Id)], reports.Select(r => (r.Reason, r.Note, r.PersonId)));
        using var gone = await guest.PostAsync("/discussion/report/", [new("comment", "987654321"), new("reason", "spam")]);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Whoever_is_muted_is_folded_for_one_reader_and_for_no_other()
    {
        var article = await site.PublishAsync("Muted");
        var ids = await site.TalkAsync(article.Id, null, null);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var guest = site.NewReader();

        using var muted = await ann.Browser.PostAsync("/discussion/mute/", [new("comment", $"{ids[0]}")]);

        var page = await ann.OpenAsync(article.Path);
        Assert.NotNull(page.QuerySelector($"#comment-{ids[0]} > details.muted:not([open])"));
        Assert.Null(page.QuerySelector($"#comment-{ids[1]} > details.muted"));
        Assert.Null((await guest.OpenAsync(article.Path)).QuerySelector("details.muted"));
        var key = page.QuerySelector($"#div-comment-{ids[0]}")!.GetAttribute("data-by")!;
        Assert.Contains(key, await ann.Browser.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"), StringComparison.Ordinal);
        Assert.Contains("Reader 0", await ann.Browser.ReadAsync("/discussion/mute/"), StringComparison.Ordinal);
        using var heard = await ann.Browser.PostAsync("/discussion/mute/", [new("unmute", key)]);
        Assert.Null((await ann.OpenAsync(article.Path)).QuerySelector("details.muted"));
        using var refused = await guest.PostAsync("/discussion/mute/", [new("comment", $"{ids[0]}")]);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Whoever_is_muted_is_folded_among_the_chosen_too()
    {
        var article = await site.PublishAsync("Muted on top");
        var ids = await site.TalkAsync(article.Id, null, null);
        using var moderator = await StaffClient.SignInAsync(site, Role.Moderator);
        using var chosen = await moderator.Browser.PostAsync("/discussion/feature/", [new("feature", $"{ids[0]}")]);
        using var muted = await moderator.Browser.PostAsync("/discussion/mute/", [new("comment", $"{ids[0]}")]);

        var page = await moderator.OpenAsync(article.Path);

        Assert.NotNull(page.QuerySelector(".featured details.muted:not([open]) > .comment-body"));
        Assert.NotNull(page.QuerySelector($"button[name=unfeature][value='{ids[0]}']"));
        using var guest = site.NewReader();
        // By this a guest's browser knows whom it has muted.
        var shared = await guest.OpenAsync(article.Path);
        Assert.Equal(shared.QuerySelector($"#div-comment-{ids[0]}")!.GetAttribute("data-by"), shared.QuerySelector(".featured .comment-body")!.GetAttribute("data-by"));
        Assert.Null(shared.QuerySelector("details.muted"));
    }

    [Fact]
    public async Task The_last_visit_of_someone_signed_in_is_kept()
    {
        var article = await site.PublishAsync("Visited");
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        Assert.Equal(JsonValueKind.Null, (await MeAsync(ann.Browser, article.Id)).GetProperty("last_visit").ValueKind);

        for (var i = 0; i < 2; i++)
        {
            using var noted = await ann.Browser.PostAsync("/wp-json/broadsheet/v1/visits", [new("post", $"{article.Id}")]);
            Assert.Equal(HttpStatusCode.NoContent, noted.StatusCode);
        }

        var now = (await MeAsync(ann.Browser, article.Id)).GetProperty("now").GetInt64();
        Assert.InRange((await MeAsync(ann.Browser, article.Id)).GetProperty("last_visit").GetInt64(), now - 30_000, now);
    }

    [Fact]
    public async Task In_slow_mode_and_behind_a_staff_door_a_discussion_says_so()
    {
        var edit = new ArticleEdit("Slow", "<p>Words.</p>", Core.Text.BodyFormat.Html) { Status = Core.Publishing.ArticleStatus.Published };
        var article = await site.PublishAsync(edit);
        var staffOnly = await site.PublishAsync(edit with { Title = "Staff only" });
        var old = await site.PublishAsync(edit with { Title = "Closing" });
        await RuleAsync(article.Id, new DiscussionRules(SlowSeconds: 600));
        await RuleAsync(staffOnly.Id, new DiscussionRules(StaffOnly: true));
        await RuleAsync(old.Id, new DiscussionRules(CloseAfterDays: 1));
        using var guest = site.NewReader();
        using var staff = await StaffClient.SignInAsync(site, Role.Author);

        await SayAsync(guest, article.Path, "First.");
        using var closed = await guest.GetAsync(staffOnly.Path);
        Assert.Contains("Only the staff writes here.", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull((await staff.OpenAsync(staffOnly.Path)).QuerySelector("#commentform"));
        using var refused = await guest.PostAsync("/wp-comments-post.php", [new("comment_post_ID", $"{staffOnly.Id}"), new("comment", "Me too."), new("author", "Guest"), new("email", "guest@example.org")]);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.NotNull((await guest.OpenAsync(old.Path)).QuerySelector("#commentform"));
        await site.Writes.RunAsync((scope, ct) => { scope.Evict($"article:{old.Id}"); return scope.Db.Articles.Where(a => a.Id == old.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.PublishedAt, scope.Now.AddDays(-2)), ct); }, CancellationToken.None);
        Assert.Equal("Comments are closed.", (await guest.OpenAsync(old.Path)).QuerySelector("#respond")!.TextContent);
    }

    [Fact]
    public async Task A_moderator_puts_a_comment_on_top_and_a_reader_does_not()
    {
        var article = await site.PublishAsync("On top");
        var ids = await site.TalkAsync(article.Id, null, null, null);
        using var moderator = await StaffClient.SignInAsync(site, Role.Moderator);
        using var guest = site.NewReader();

        using var refused = await guest.PostAsync("/discussion/feature/", [new("feature", $"{ids[1]}")]);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Null((await guest.OpenAsync(article.Path)).QuerySelector("button[name=feature]"));
        Assert.NotNull((await moderator.OpenAsync(article.Path)).QuerySelector($"button[name=feature][value='{ids[1]}']"));
        using var done = await moderator.Browser.PostAsync("/discussion/feature/", [new("feature", $"{ids[1]}")]);
        Assert.Equal((HttpStatusCode.SeeOther, $"{article.Path}#comment-{ids[1]}"), (done.StatusCode, done.Headers.Location!.OriginalString));

        Assert.Equal("Words 1.", (await guest.OpenAsync(article.Path)).QuerySelector(".featured .comment-text")!.TextContent.Trim());
        Assert.Contains("Editors’ choice", await guest.ReadAsync($"{article.Path}feed/"), StringComparison.Ordinal);
        using var undone = await moderator.Browser.PostAsync("/discussion/feature/", [new("unfeature", $"{ids[1]}")]);
        Assert.Null((await guest.OpenAsync(article.Path)).QuerySelector(".featured"));
    }

    [Fact]
    public async Task Words_are_looked_for_in_one_discussion_alone()
    {
        var (here, there) = (await site.PublishAsync("Here, whale"), await site.PublishAsync("There, whale"));
        using var writer = site.NewReader();
        var id = await SayAsync(writer, here.Path, "A whale was seen.");
        await SayAsync(writer, there.Path, "No whale was seen.");
        await site.TalkAsync(here.Id, [.. Enumerable.Repeat<int?>(null, 10)]);
        await site.IndexAsync();
        using var reader = site.NewReader();
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await reader.OpenAsync(here.Path)).QuerySelector("form.thread-search")!;
        Assert.Equal(("/", $"{here.Id}"), (form.GetAttribute("action"), form.QuerySelector("input[name=in]")!.GetAttribute("value")));

        var found = await reader.OpenAsync($"/?s=whale&in={here.Id}");

        var hit = Assert.Single(found.QuerySelectorAll(".hit"));
        Assert.Equal($"{here.Path}#comment-{id}", hit.QuerySelector("a")!.GetAttribute("href"));
        Assert.StartsWith("1 by ", hit.QuerySelector("h2")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("Here, whale", hit.TextContent, StringComparison.Ordinal);
        Assert.NotNull(hit.QuerySelector("time[datetime]"));
        Assert.Equal($"{here.Id}", found.QuerySelector("main form input[name=in]")!.GetAttribute("value"));
        Assert.Equal(4, (await reader.OpenAsync("/?s=whale")).QuerySelectorAll(".hit").Length);
    }

    [Fact]
    public async Task An_editor_gives_one_article_rules_of_its_own()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        using var wrong = await editor.SubmitAsync("/newsroom/articles/new/", [new("title", "Ruled"), new("body", "Words."), new("slow_seconds", "soon")], ("do", "draft"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var saved = await editor.SubmitAsync("/newsroom/articles/new/", [new("title", "Ruled"), new("body", "Words."), new("slow_seconds", "60"), new("close_after_days", "0"), new("staff_only", "no"), new("hold_first", "yes")], ("do", "draft"));

        var rules = await site.ReadAsync(db => db.Articles.Where(a => a.Title == "Ruled").OrderByDescending(a => a.Id).Select(a => a.Discussion).FirstAsync());
        Assert.Equal(new DiscussionRules(CloseAfterDays: 0, SlowSeconds: 60, StaffOnly: false, HoldFirst: true), rules);
        var form = await editor.OpenAsync(saved.Headers.Location!.OriginalString);
        Assert.Equal("60", form.QuerySelector("input[name=slow_seconds]")!.GetAttribute("value"));
        Assert.NotNull(form.QuerySelector("select[name=hold_first] option[value=yes][selected]"));
    }

    private static async Task<long> SayAsync(ReaderClient reader, string path, string words)
    {
        using var answer = await reader.CommentAsync(path, words);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return long.Parse(answer.Headers.Location!.OriginalString.Split("#comment-")[1], CultureInfo.InvariantCulture);
    }

    private static async Task<JsonElement> MeAsync(ReaderClient reader, long article) => JsonDocument.Parse(await reader.ReadAsync($"/wp-json/broadsheet/v1/me?post={article}")).RootElement;

    private Task RuleAsync(long id, DiscussionRules rules) => site.Writes.RunAsync(async (scope, ct) =>
    {
        (await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct)).Rule(rules);
        scope.Evict($"article:{id}");
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : OwnCommentTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : OwnCommentTests(site), IClassFixture<PostgresSite>;
}
