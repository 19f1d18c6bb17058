using System.Globalization;
using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>One decision on everything that a search finds.</summary>
public abstract class BulkTests(BroadsheetSite site)
{
    [Fact]
    public async Task All_that_matches_is_decided_and_taken_back_and_nothing_else()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Very many");
        var wanted = await HoldManyAsync(article.Id, 450, "Tulip bulbs for sale");
        var others = await HoldManyAsync(article.Id, 20, "About the harbour");
        var ask = await mod.OpenAsync("/newsroom/comments/all/?show=held&to=spam&q=tulip");
        Assert.Contains("450 comments in “held” matching “tulip”.", ask.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        using var started = await mod.SubmitAsync("/newsroom/comments/all/?show=held&to=spam&q=tulip", [], form: "main form[method=post]");
        var run = started.Headers.Location!.OriginalString;
        await EndedAsync(mod, run);

        Assert.Equal(450, await CountAsync(wanted, Standing.Spam));
        Assert.Equal(20, await CountAsync(others, Standing.Held));
        Assert.Contains("450 of 450 looked at, 450 changed", Flat(await mod.OpenAsync(run)), StringComparison.Ordinal);
        var log = await site.ReadAsync(db => db.Decisions.CountAsync(d => d.RunId != null && d.PersonId == mod.Id && wanted.Contains(d.CommentId)));
        Assert.Equal(450, log);
        // What was decided anew since stays.
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(wanted[5])], new DecisionWish(Standing.Trashed, mod.Id), ct), CancellationToken.None);
        using var undone = await mod.SubmitAsync(run, [], form: $"form[action='{run}undo/']");
        var undo = undone.Headers.Location!.OriginalString;
        await EndedAsync(mod, undo);

        Assert.NotEqual(run, undo);
        Assert.Equal(449, await CountAsync(wanted, Standing.Held));
        Assert.Equal(1, await CountAsync(wanted, Standing.Trashed));
        Assert.Contains("449 changed", Flat(await mod.OpenAsync(undo)), StringComparison.Ordinal);
        using var again = await mod.Browser.PostAsync($"{run}undo/", [new("__RequestVerificationToken", (await mod.OpenAsync(undo)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        Assert.Equal(run, again.Headers.Location!.OriginalString);
    }

    [Fact, Trait("Category", "Full")]
    public async Task Twenty_thousand_are_decided_and_taken_back()
    {
        const int Many = 20_000;
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("A great flood");
        var wanted = await HoldManyAsync(article.Id, Many, "Dahlia tubers by post");

        using var started = await mod.SubmitAsync("/newsroom/comments/all/?show=held&to=spam&q=dahlia", [], form: "main form[method=post]");
        var run = started.Headers.Location!.OriginalString;
        await EndedAsync(mod, run, TimeSpan.FromMinutes(10));
        Assert.Equal(Many, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id && c.Standing == Standing.Spam)));
        using var undone = await mod.SubmitAsync(run, [], form: $"form[action='{run}undo/']");
        await EndedAsync(mod, undone.Headers.Location!.OriginalString, TimeSpan.FromMinutes(10));

        Assert.Equal(Many, wanted.Count);
        Assert.Equal(Many, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id && c.Standing == Standing.Held)));
    }

    [Fact]
    public async Task A_run_that_is_stopped_or_cut_off_goes_no_further_or_goes_on_where_it_was()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Cut off");
        var ids = await HoldManyAsync(article.Id, 500, "Crocus roots");
        var run = new BulkRun { PersonId = mod.Id, From = Standing.Held, To = Standing.Trashed, Search = "crocus" };
        Func<IQueryable<Comment>, IQueryable<Comment>> search = c => c.Where(x => x.Body.Contains("Crocus"));
        // Without its job: as after a stop of the program in the middle.
        await site.Writes.RunAsync(async (scope, ct) => { await BulkLedger.StartAsync(scope, run, search, ct); await scope.FlushAsync(ct); scope.Db.Outbox.RemoveRange(scope.Db.ChangeTracker.Entries<OutboxRow>().Select(e => e.Entity).ToList()); }, CancellationToken.None);

        Assert.True(await GoOnAsync());
        Assert.Equal(200, await CountAsync(ids, Standing.Trashed));
        Assert.True(await GoOnAsync());
        Assert.Equal(400, await CountAsync(ids, Standing.Trashed));
        await site.Writes.RunAsync((scope, ct) => BulkLedger.StopAsync(scope, run.Id, ct), CancellationToken.None);
        Assert.False(await GoOnAsync());

        Assert.Equal(400, await CountAsync(ids, Standing.Trashed));
        Assert.Contains("Stopped before its end.", Flat(await mod.OpenAsync($"/newsroom/comments/runs/{run.Id}/")), StringComparison.Ordinal);

        Task<bool> GoOnAsync() => site.Writes.RunAsync((scope, ct) => BulkLedger.GoOnAsync(scope, run.Id, _ => search, ct), CancellationToken.None);
    }

    [Theory]
    [InlineData("show=held&to=held")]
    [InlineData("show=nothing&to=spam")]
    [InlineData("show=mine&to=spam")]
    [InlineData("")]
    public async Task What_makes_no_sense_is_said_so(string query)
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);

        using var answer = await mod.GetAsync($"/newsroom/comments/all/?{query}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task EndedAsync(StaffClient mod, string run, TimeSpan? within = null) => Eventually.SeesAsync(async () => Flat(await mod.OpenAsync(run)).Contains("Done.", StringComparison.Ordinal), within);

    private static string Flat(AngleSharp.Dom.IDocument page) => string.Join(' ', page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private Task<int> CountAsync(List<long> ids, Standing standing) => site.ReadAsync(db => db.Comments.CountAsync(c => ids.Contains(c.Id) && c.Standing == standing));

    private Task<List<long>> HoldManyAsync(long articleId, int count, string words) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var comments = Enumerable.Range(0, count).Select(i =>
        {
            var draft = CommentDraft.Read(new CommentFields(articleId, null, string.Create(CultureInfo.InvariantCulture, $"{words}, number {i}."), "Jon", "jon@example.org", ""), true).Value;
            return Comment.Write(draft, Core.Text.CommentText.Render(draft.Body), new CommentOrigin(null, "192.0.2.1", "", scope.Now, scope.Now.DateTime), Standing.Held, null);
        }).ToList();
        foreach (var comment in comments) await CommentLedger.AddAsync(scope, comment, ct);
        return comments.ConvertAll(c => c.Id);
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : BulkTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : BulkTests(site), IClassFixture<PostgresSite>;
}
