using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>What readers report, and that the lengths of the queues are true meanwhile.</summary>
public abstract class ReportedTests(BroadsheetSite site)
{
    [Fact]
    public async Task The_lengths_of_the_queues_follow_every_write_and_stay_when_they_are_folded()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add(await site.HoldAsync("Counted", $"Cal{i}", $"Counted words {i}."));
        var page = await mod.OpenAsync("/newsroom/comments/");
        await mod.DecideAsync(page, ids[0], "spam");
        await mod.DecideAsync(page, ids[1], "trash");
        await mod.DecideAsync(page, ids[2], "shown");

        await site.ExpectCountsAsync();
        await site.Writes.RunAsync(QueueLedger.FoldAsync, CancellationToken.None);
        await site.ExpectCountsAsync();
        Assert.True(await site.ReadAsync(db => db.QueueCounts.CountAsync()) <= 8);
    }

    [Fact]
    public async Task What_readers_report_comes_to_the_desk_and_is_answered_and_comes_again_when_that_is_taken_back()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Reported here");
        var (quiet, loud) = (await site.ShowAsync(article.Id, "Quiet words."), await site.ShowAsync(article.Id, "Loud words."));
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        await site.NewReader().ReportAsync(quiet, "off-topic");
        await reader.Browser.ReportAsync(loud, "abuse");

        var page = await mod.OpenAsync("/newsroom/comments/?show=reported");
        var cards = page.QuerySelectorAll("[data-row]").Select(r => r.Id).Where(i => i == $"card-{quiet}" || i == $"card-{loud}").ToList();
        Assert.Equal([$"card-{loud}", $"card-{quiet}"], cards);
        Assert.Contains("An attack on someone: “Look here.”", page.QuerySelector($"#card-{loud}")!.TextContent.Flat(), StringComparison.Ordinal);
        var left = await mod.DecideAsync(page, loud, "shown");

        Assert.Equal("Looked at: it stays as it is.", left.Said);
        Assert.False(await site.ReadAsync(db => db.ReportedComments.AnyAsync(r => r.CommentId == loud)));
        Assert.Equal(false, await site.ReadAsync(db => db.CommentReports.Where(r => r.CommentId == loud).Select(r => r.IsUpheld).SingleAsync()));
        await site.ExpectCountsAsync();
        using var undo = await mod.PostFromAsync(page, "/newsroom/comments/undo/", [new("decision", $"{left.Decisions[0]}")]);
        Assert.True(await site.ReadAsync(db => db.ReportedComments.AnyAsync(r => r.CommentId == loud && r.Reports == 1)));
        await site.ExpectCountsAsync();
        var trashed = await mod.DecideAsync(await mod.OpenAsync("/newsroom/comments/?show=reported"), loud, "trash");
        Assert.Equal([loud], trashed.Comments);
        Assert.Equal(true, await site.ReadAsync(db => db.CommentReports.Where(r => r.CommentId == loud).Select(r => r.IsUpheld).SingleAsync()));
    }

    [Fact]
    public async Task Enough_reports_hold_a_comment_until_a_moderator_has_looked_and_then_no_more()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        await site.SetAsync(p => p with { HoldReports = 2 });
        var article = await site.PublishAsync("Held by readers");
        var id = await site.ShowAsync(article.Id, "Words that readers report.");
        async Task ReportByAccountAsync() { using var reader = await StaffClient.SignInAsync(site, Role.Reader); await reader.Browser.ReportAsync(id, "abuse"); }

        await ReportByAccountAsync();
        Assert.Equal(Standing.Shown, await site.StandingAsync(id));
        await ReportByAccountAsync();
        Assert.Equal(Standing.Held, await site.StandingAsync(id));
        Assert.Contains("2 readers reported it.", await mod.Browser.ReadAsync($"/newsroom/comments/{id}/"), StringComparison.Ordinal);
        await mod.DecideAsync(await mod.OpenAsync("/newsroom/comments/"), id, "shown");
        await ReportByAccountAsync();
        await ReportByAccountAsync();
        Assert.Equal(Standing.Shown, await site.StandingAsync(id));
        await site.ExpectCountsAsync();
    }

    [Fact]
    public async Task What_its_writer_deleted_needs_no_look_and_no_decision_publishes_it()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.ShowAsync((await site.PublishAsync("Reported and deleted")).Id, "Words that I regret.");
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        await reader.Browser.ReportAsync(id, "abuse");
        var page = await mod.OpenAsync("/newsroom/comments/?show=reported");
        await site.Writes.RunAsync(async (scope, ct) => await CommentLedger.TakeBackAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, ct), ct), CancellationToken.None);

        Assert.False(await site.ReadAsync(db => db.ReportedComments.AnyAsync(r => r.CommentId == id)));
        await site.ExpectCountsAsync();
        foreach (var to in new[] { Standing.Shown, Standing.Held })
        {
            var made = await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(id)], new DecisionWish(to, mod.Id), ct), CancellationToken.None);
            Assert.Equal((0, 1), (made.Made.Count, made.Overtaken.Count));
        }
        Assert.Empty((await mod.DecideAsync(page, id, "shown")).Decisions);
        Assert.Equal(Standing.Trashed, await site.StandingAsync(id));
        Assert.Contains("Its writer deleted it.", await reader.Browser.ReadAsync("/account/reports/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reported_reads_what_holds_now()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var id = await site.ShowAsync((await site.PublishAsync("Thought of again")).Id, "Words of two minds.");
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        await reader.Browser.ReportAsync(id, "abuse");
        async Task<List<Decision>> DecideAsync(Standing to) => (await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(id)], new DecisionWish(to, mod.Id), ct), CancellationToken.None)).Made;
        Task<string> SaidAsync() => reader.Browser.ReadAsync("/account/reports/");

        await DecideAsync(Standing.Trashed);
        Assert.Contains("The comment was taken down.", await SaidAsync(), StringComparison.Ordinal);
        var approved = await DecideAsync(Standing.Shown);
        Assert.Contains("The comment stays.", await SaidAsync(), StringComparison.Ordinal);
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.UndoAsync(scope, [approved[0].Id], mod.Id, null, ct), CancellationToken.None);

        Assert.Contains("The comment was taken down.", await SaidAsync(), StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteSite site) : ReportedTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ReportedTests(site), IClassFixture<PostgresSite>;
}
