using System.Net;
using AngleSharp.Dom;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

public abstract class QueueTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_held_comment_is_approved_and_taken_back_and_its_number_stays()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Approved and taken back");
        var first = await HoldAsync(article, "Ann", "I was there.");
        var second = await HoldAsync(article, "Bob", "So was I.");

        using var approve = await DecideAsync(mod, "held", ("one", $"shown:{second}"));
        var shown = await FindAsync(second);
        using var undo = await mod.SubmitAsync("/newsroom/comments/", [], form: ".notice form");
        var held = await FindAsync(second);
        using var third = await DecideAsync(mod, "held", ("one", $"shown:{first}"));
        using var again = await DecideAsync(mod, "held", ("one", $"shown:{second}"));

        Assert.Equal((Standing.Shown, "1"), (shown.Standing, shown.FullNumber?.ToString()));
        Assert.Equal((Standing.Held, "1"), (held.Standing, held.FullNumber?.ToString()));
        Assert.Equal("2", (await FindAsync(first)).FullNumber?.ToString());
        Assert.Equal("1", (await FindAsync(second)).FullNumber?.ToString());
        Assert.Equal(2, await site.ReadAsync(db => db.ThreadCounters.Where(c => c.ArticleId == article.Id).Select(c => c.CommentsShown).SingleAsync()));
        using var reader = site.NewReader();
        Assert.Contains("So was I.", await reader.ReadAsync(article.Path));
        var decisions = await site.ReadAsync(db => db.Decisions.Where(d => d.CommentId == second).OrderBy(d => d.Id).ToListAsync());
        Assert.Equal([(Standing.Held, Standing.Shown, mod.Id), (Standing.Shown, Standing.Held, mod.Id), (Standing.Held, Standing.Shown, mod.Id)], decisions.Select(d => (d.From, d.To, d.PersonId!.Value)));
        Assert.Equal(decisions[0].Id, decisions[1].Undoes);
    }

    [Fact]
    public async Task Removing_a_shown_comment_takes_it_from_readers_at_once()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Taken from readers");
        var id = await HoldAsync(article, "Cid", "Buy my watches.");
        using var reader = site.NewReader();
        using var approve = await DecideAsync(mod, "held", ("one", $"shown:{id}"));
        Assert.Contains("Buy my watches.", await reader.ReadAsync(article.Path));

        using var spam = await DecideAsync(mod, "shown", ("one", $"spam:{id}"));

        Assert.DoesNotContain("Buy my watches.", await reader.ReadAsync(article.Path));
        using var undo = await mod.SubmitAsync("/newsroom/comments/?show=spam", [], form: ".notice form");
        Assert.Contains("Buy my watches.", await reader.ReadAsync(article.Path));
        using var trash = await DecideAsync(mod, "shown", ("one", $"trash:{id}"));
        Assert.DoesNotContain("Buy my watches.", await reader.ReadAsync(article.Path));
        Assert.Contains("Buy my watches.", await mod.Browser.ReadAsync("/newsroom/comments/?show=trash"));
    }

    [Fact]
    public async Task Several_are_decided_at_once_and_taken_back_at_once()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Many at once");
        var ids = new List<long>();
        foreach (var name in new[] { "Dot", "Eve", "Fay" }) ids.Add(await HoldAsync(article, name, $"Words of {name}."));
        var page = await mod.OpenAsync("/newsroom/comments/");
        var token = page.QuerySelector("form.queue input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var trash = await mod.Browser.PostAsync("/newsroom/comments/", [new("__RequestVerificationToken", token), .. ids.Select(id => KeyValuePair.Create("id", $"{id}")), new("to", "trash"), new("back", "/newsroom/comments/")]);
        Assert.All(await Task.WhenAll(ids.Select(FindAsync)), c => Assert.Equal(Standing.Trashed, c.Standing));
        var notice = await mod.OpenAsync("/newsroom/comments/");
        Assert.Contains("3 comments", notice.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        // The notice is shown once: its form is sent as it was rendered.
        using var undo = await mod.Browser.PostAsync("/newsroom/comments/undo/", notice.QuerySelectorAll(".notice input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)));

        Assert.All(await Task.WhenAll(ids.Select(FindAsync)), c => Assert.Equal(Standing.Held, c.Standing));
    }

    [Fact]
    public async Task Undo_leaves_alone_what_someone_has_decided_since()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var other = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Decided since");
        var id = await HoldAsync(article, "Gus", "Contested words.");
        using var approve = await DecideAsync(mod, "held", ("one", $"shown:{id}"));
        using var spam = await DecideAsync(other, "shown", ("one", $"spam:{id}"));

        using var undo = await mod.SubmitAsync("/newsroom/comments/", [], form: ".notice form");

        Assert.Equal(Standing.Spam, (await FindAsync(id)).Standing);
    }

    [Fact]
    public async Task A_card_shows_what_a_decision_needs()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("What a card shows");
        var parent = await HoldAsync(article, "Hal", "The words that are answered.");
        using var approve = await DecideAsync(mod, "held", ("one", $"shown:{parent}"));
        using var answerer = site.NewReader();
        using var posted = await answerer.CommentAsync(article.Path, "An answer with https://a.example https://b.example", "Ivy", "ivy.card@example.org", [new("comment_parent", $"{parent}")]);
        var id = IdOf(posted);

        var card = (await mod.OpenAsync("/newsroom/comments/")).QuerySelector($"#card-{id}")!;

        Assert.Contains("Ivy", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("What a card shows", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Hal wrote: The words that are answered.", Flat(card.QuerySelector(".parent")!), StringComparison.Ordinal);
        Assert.Contains("0 shown, 1 held", card.TextContent, StringComparison.Ordinal);
        Assert.Contains(card.QuerySelectorAll(".checks li"), li => li.TextContent.Contains("2 links", StringComparison.Ordinal));
        Assert.Contains("ivy.card@example.org", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_is_turned_over_page_by_page_without_losing_or_doubling()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("A long queue");
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            // All at the same moment: the id decides.
            for (var i = 0; i < 60; i++)
            {
                var draft = CommentDraft.Read(new CommentFields(article.Id, null, $"Queued {i}.", "Jon", "jon@example.org", ""), true).Value;
                scope.Db.Comments.Add(Comment.Write(draft, Core.Text.CommentText.Render(draft.Body), new CommentOrigin(null, "192.0.2.1", "", DateTimeOffset.UnixEpoch, new DateTime(1970, 1, 1)), Standing.Trashed, null));
            }
            await scope.FlushAsync(ct);
        }, CancellationToken.None);

        var (seen, next) = (new List<string>(), "/newsroom/comments/?show=trash");
        for (var pages = 0; next is not null && pages < 20; pages++)
        {
            var page = await mod.OpenAsync(next);
            seen.AddRange(page.QuerySelectorAll(".cards .words").Select(w => w.TextContent.Trim()).Where(t => t.StartsWith("Queued", StringComparison.Ordinal)));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(i => $"Queued {i}."), seen);
    }

    [Theory]
    [InlineData(Role.Contributor)]
    [InlineData(Role.Author)]
    public async Task Others_than_moderators_decide_nothing(Role role)
    {
        using var person = await StaffClient.SignInAsync(site, role);
        var article = await site.PublishAsync($"Not for {role}");
        var id = await HoldAsync(article, "Kit", "Hold me.");
        var token = (await person.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await person.Browser.PostAsync("/newsroom/comments/", [new("__RequestVerificationToken", token), new("one", $"shown:{id}")]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(Standing.Held, (await FindAsync(id)).Standing);
    }

    [Fact]
    public async Task The_way_back_stays_in_the_queue()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("The way back");
        var id = await HoldAsync(article, "Lee", "Words to decide on.");

        using var answer = await mod.SubmitAsync("/newsroom/comments/", [new("back", "//evil.example/")], ("one", $"trash:{id}"), "form.queue");

        Assert.Equal("/newsroom/comments/", answer.Headers.Location?.OriginalString);
    }

    private async Task<long> HoldAsync(PublishedArticle article, string name, string words)
    {
        using var guest = site.NewReader();
        using var posted = await guest.CommentAsync(article.Path, words, name, $"{name.ToLowerInvariant()}.{article.Id}@example.org");
        return IdOf(posted);
    }

    private static long IdOf(HttpResponseMessage posted)
    {
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        return long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
    }

    private static Task<HttpResponseMessage> DecideAsync(StaffClient mod, string queue, (string, string) button) => mod.SubmitAsync($"/newsroom/comments/?show={queue}", [], button, "form.queue");

    private Task<Comment> FindAsync(long id) => site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));

    private static string Flat(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public sealed class OnSqlite(SqliteSite site) : QueueTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : QueueTests(site), IClassFixture<PostgresSite>;
}
