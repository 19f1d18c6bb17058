using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>What two moderators and many readers do to one desk.</summary>
public abstract class DeskTests(BroadsheetSite site)
{
    [Fact]
    public async Task Two_never_decide_one_card_unknowingly()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var other = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.HoldAsync("Decided twice", "Ann", "Contested words of Ann.");
        var (mine, theirs) = (await mod.OpenAsync("/newsroom/comments/"), await other.OpenAsync("/newsroom/comments/"));

        var first = await mod.DecideAsync(mine, id, "trash");
        var second = await other.DecideAsync(theirs, id, "shown");

        Assert.Equal([id], first.Comments);
        Assert.Empty(second.Comments);
        Assert.Contains($"Put in the trash by {await NameAsync(mod.Id)}", second.Said, StringComparison.Ordinal);
        Assert.Equal(Standing.Trashed, await site.StandingAsync(id));
        // Taken back, the card knows of it and may be decided on again.
        using var undo = await mod.PostFromAsync(mine, "/newsroom/comments/undo/", [new("decision", $"{first.Decisions[0]}")]);
        var seen = JsonDocument.Parse(await undo.Content.ReadAsStringAsync()).RootElement.GetProperty("seen").GetProperty($"{id}").GetInt64();
        var third = await mod.DecideAsync(mine, id, "shown", $"{seen}.0");
        Assert.Equal([id], third.Comments);
    }

    [Fact]
    public async Task Words_that_were_changed_since_are_read_again_first()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.HoldAsync("Changed since", "Bea", "Harmless words.");
        var page = await mod.OpenAsync("/newsroom/comments/");
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var comment = await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, ct);
            await CommentLedger.EditAsync(scope, comment, "Other words.", Core.Text.CommentText.Render("Other words."), Standing.Held, null, ct);
        }, CancellationToken.None);

        var answer = await mod.DecideAsync(page, id, "shown");

        Assert.Contains("changed or deleted it", answer.Said, StringComparison.Ordinal);
        Assert.Equal(Standing.Held, await site.StandingAsync(id));
        Assert.Contains("Harmless words.", await mod.Browser.ReadAsync($"/newsroom/comments/{id}/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_its_writer_deleted_is_not_published_by_a_page_from_before_nor_by_a_run()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Deleted since");
        using var guest = site.NewReader();
        using var posted = await guest.CommentAsync(article.Path, "Words that are regretted.", "Gia", "gia.regrets@example.org", [new("wp-comment-cookies-consent", "yes")]);
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
        var page = await mod.OpenAsync("/newsroom/comments/");
        using var deleted = await guest.PostAsync("/discussion/delete/", [new("c", $"{id}")]);
        Assert.Equal(Standing.Trashed, await site.StandingAsync(id));

        var answer = await mod.DecideAsync(page, id, "shown");
        Assert.Empty(answer.Comments);
        Assert.Contains("changed or deleted it", answer.Said, StringComparison.Ordinal);
        Assert.Contains("Nothing in “trash” matches.", (await mod.OpenAsync("/newsroom/comments/all/?show=trash&to=shown&q=regretted")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Standing.Trashed, await site.StandingAsync(id));
    }

    [Fact]
    public async Task Many_ticked_cards_are_taken_back_together()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Many ticked");
        var ids = new List<long>();
        for (var i = 0; i < 60; i++) ids.Add(await site.ShowAsync(article.Id, $"Ticked words {i}."));
        var token = (await mod.OpenAsync("/newsroom/comments/?show=shown")).QuerySelector("form.queue input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await mod.Browser.PostAsync("/newsroom/comments/", [new("__RequestVerificationToken", token), .. ids.Select(i => KeyValuePair.Create("id", $"{i}")), new("to", "spam"), new("back", "/newsroom/comments/")]);
        var notice = (await mod.OpenAsync("/newsroom/comments/")).QuerySelector(".notice")!;
        Assert.Contains("60 comments are marked as spam.", notice.TextContent, StringComparison.Ordinal);
        using var undo = await mod.Browser.PostAsync(notice.QuerySelector("form")!.GetAttribute("action")!, notice.QuerySelectorAll("form input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)));

        await Eventually.SeesAsync(() => site.ReadAsync(async db => await db.Comments.CountAsync(c => ids.Contains(c.Id) && c.Standing == Standing.Shown) == 60));
        await site.ExpectCountsAsync();
    }

    [Theory]
    [InlineData("a%00b")]
    [InlineData("%F0%9F%98%80%00%ED%A0%80")]
    public async Task A_search_with_what_no_database_takes_finds_nothing_and_does_not_fail(string typed)
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);

        using var answer = await mod.GetAsync($"/newsroom/comments/?show=held&q={typed}{string.Concat(Enumerable.Repeat("%F0%9F%98%80", 200))}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_search_finds_by_words_writer_network_and_check_and_marks_the_words()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.HoldAsync("Searched", "Dora Field", "Zebrafish swim in the harbour https://a.example https://b.example");
        await site.HoldAsync("Searched", "Eve", "No fish at all.");

        foreach (var typed in new[] { "ZEBRAFISH", "zebrafish harbour", "name:\"dora field\"", "check:links zebrafish", "link:b.example", "\"in the harbour\"" })
        {
            var found = await mod.OpenAsync($"/newsroom/comments/?show=held&q={Uri.EscapeDataString(typed)}");
            Assert.Equal([$"card-{id}"], found.QuerySelectorAll("[data-row]").Select(r => r.Id));
        }
        Assert.Equal("Zebrafish", (await mod.OpenAsync("/newsroom/comments/?show=held&q=zebrafish")).QuerySelector("mark")?.TextContent);
        Assert.Contains("Nothing in this queue matches.", (await mod.OpenAsync("/newsroom/comments/?show=held&q=%25_%25")).QuerySelector("[data-empty]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing in this queue matches.", (await mod.OpenAsync("/newsroom/comments/?show=spam&q=zebrafish")).QuerySelector("[data-empty]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_is_kept_and_everything_is_in_the_log()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.HoldAsync("Logged", "Fay", "Words for the log.");

        using var answer = await mod.SubmitAsync($"/newsroom/comments/{id}/", [new("reason", "off-topic"), new("words", "=Try the other article.")], ("one", $"trash:{id}"), "form.queue");

        var decision = await site.ReadAsync(db => db.Decisions.SingleAsync(d => d.CommentId == id));
        Assert.Equal("It has little to do with the article. =Try the other article.", decision.Reason);
        // What other tests teach the model may add to it.
        Assert.StartsWith("first-comment:hold", decision.Opinions, StringComparison.Ordinal);
        Assert.Contains("Words for the log.", await mod.Browser.ReadAsync($"/newsroom/comments/log/?by={mod.Id}"), StringComparison.Ordinal);
        Assert.Contains("First comments of newcomers (hold)", await mod.Browser.ReadAsync($"/newsroom/comments/log/?by={mod.Id}"), StringComparison.Ordinal);
        var csv = await mod.Browser.ReadAsync("/newsroom/comments/log.csv");
        Assert.Contains(csv.Split("\r\n"), line => line.StartsWith($"{decision.Id},", StringComparison.Ordinal) && line.Contains($",{id},held,trash,It has little to do", StringComparison.Ordinal));
        Assert.Contains(csv.Split("\r\n"), line => line.StartsWith("decision,at,by", StringComparison.Ordinal));
        Assert.Contains("card-" + id, await mod.Browser.ReadAsync("/newsroom/comments/?show=mine"), StringComparison.Ordinal);
        Assert.Contains("First comments of newcomers", await mod.Browser.ReadAsync("/newsroom/comments/load/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screen_hears_that_something_changed_and_asks_what()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var other = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.HoldAsync("Watched", "Gil", "Watched words.");
        using var stream = await mod.Browser.Http.GetAsync(new Uri("/newsroom/comments/live/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 3000", await reader.ReadLineAsync());

        await other.DecideAsync(await other.OpenAsync("/newsroom/comments/"), id, "spam");

        string? line;
        while ((line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))) is not null && !line.StartsWith("data:", StringComparison.Ordinal)) { }
        Assert.Equal("data: changed", line);
        using var state = JsonDocument.Parse(await mod.Browser.ReadAsync($"/newsroom/comments/state/?show=held&cards={id}.0.0,99.0.0"));
        var overtaken = Assert.Single(state.RootElement.GetProperty("overtaken").EnumerateArray());
        Assert.Equal(id, overtaken.GetProperty("id").GetInt64());
        Assert.Contains($"Marked as spam by {await NameAsync(other.Id)}", overtaken.GetProperty("said").GetString()!, StringComparison.Ordinal);
        Assert.True(state.RootElement.GetProperty("queues").GetProperty("spam").GetInt32() > 0);
    }

    [Fact]
    public async Task A_queue_costs_the_same_statements_however_many_cards_it_has()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        for (var i = 0; i < 4; i++) await site.HoldAsync("Statements", $"Hal{i}", $"Words of Hal {i}.");
        await mod.OpenAsync("/newsroom/comments/");

        site.Statements.Reset();
        await mod.OpenAsync("/newsroom/comments/");

        Assert.True(site.Statements.Statements.Count <= 14, string.Join("\n\n", site.Statements.Statements));
    }

    private Task<string> NameAsync(long person) => site.ReadAsync(db => db.Users.Where(u => u.Id == person).Select(u => u.DisplayName).SingleAsync());

    public sealed class OnSqlite(SqliteSite site) : DeskTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : DeskTests(site), IClassFixture<PostgresSite>;
}
