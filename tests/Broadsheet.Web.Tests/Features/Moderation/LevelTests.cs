using System.Globalization;
using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>Newcomer, known, trusted: what each may, and where a moderator reads it.</summary>
public abstract class LevelTests(BroadsheetSite site) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await site.SetAsync(p => new Publication { Secret = p.Secret, Title = p.Title, FloodSeconds = 0, HoldFirst = false, HoldLinks = 5, FirstComments = 2, TrustAfter = 4, NewcomerLinks = 1, NewcomerHourly = 3, CheckModes = new() { ["repeats"] = CheckMode.Off } });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_newcomers_links_wait_until_they_are_known()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Links of newcomers");
        const string Link = "See https://a.example for {0}.";

        var first = await SayAsync(article, string.Format(CultureInfo.InvariantCulture, Link, "more"), "link@example.org");
        await SayAsync(article, "Plain one.", "link@example.org");
        var second = await SayAsync(article, "Plain two.", "link@example.org");
        var known = await SayAsync(article, string.Format(CultureInfo.InvariantCulture, Link, "the rest"), "link@example.org");

        Assert.Equal((Standing.Held, Standing.Shown, Standing.Shown), (first.Standing, second.Standing, known.Standing));
        Assert.Equal("It has 1 link and is of somebody new here; 1 or more are held.", ReasonOf(first));
        Assert.Equal("Known: 3 shown, none rejected; trusted after 4 and no rejection.", await LevelAsync(mod, $"/newsroom/comments/{first.Id}/"));
    }

    [Fact]
    public async Task A_newcomers_comments_of_one_hour_are_counted_and_the_rest_wait()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        await site.SetAsync(p => p with { FirstComments = 50 });
        var article = await site.PublishAsync("An hour of a newcomer");
        var said = new List<Comment>();

        // One mailbox is one, however it is spelled.
        for (var i = 0; i < 4; i++) said.Add(await SayAsync(article, $"Thought {i}.", i % 2 == 0 ? "hourly@example.org" : "hourly+x@example.org"));
        var other = await SayAsync(article, "Somebody else's.", "other-hourly@example.org");

        Assert.Equal([Standing.Shown, Standing.Shown, Standing.Shown, Standing.Held], said.Select(c => c.Standing));
        Assert.Equal("Somebody new here sent 4 comments within an hour; more than 3 wait.", ReasonOf(said[3]));
        Assert.Equal(Standing.Shown, other.Standing);
        Assert.Equal("Newcomer: 1 shown, none rejected; known after 50; trusted after 4 and no rejection.", await LevelAsync(mod, $"/newsroom/comments/{other.Id}/"));
    }

    [Fact]
    public async Task An_account_becomes_trusted_by_its_record_and_by_a_moderators_word()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        var (article, page) = (await site.PublishAsync("Becoming trusted"), $"/newsroom/comments/people/{reader.Id}/");
        Assert.StartsWith("Newcomer: none shown", await LevelAsync(mod, page), StringComparison.Ordinal);

        for (var i = 0; i < 3; i++)
            using (var said = await reader.Browser.CommentAsync(article.Path, $"Thought {i}.")) Assert.Equal(HttpStatusCode.Found, said.StatusCode);
        Assert.StartsWith("Known: 3 shown", await LevelAsync(mod, page), StringComparison.Ordinal);
        using (var said = await reader.Browser.CommentAsync(article.Path, "The fourth.")) Assert.Equal(HttpStatusCode.Found, said.StatusCode);
        Assert.Equal("Trusted: 4 shown, none rejected; trusted after 4 and no rejection.", await LevelAsync(mod, page));
        var last = await site.ReadAsync(db => db.Comments.SingleAsync(c => c.PersonId == reader.Id && c.Body == "The fourth."));
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(last.Id)], new DecisionWish(Standing.Spam, mod.Id), ct), CancellationToken.None);
        Assert.Equal("Known: 3 shown, 1 rejected; trusted after 4 and no rejection.", await LevelAsync(mod, page));
        await TrustAsync(reader.Id);

        Assert.Equal("Trusted, by a moderator’s word: 3 shown, 1 rejected.", await LevelAsync(mod, page));
        Assert.Equal("Staff.", await LevelAsync(mod, $"/newsroom/comments/people/{mod.Id}/"));
    }

    [Fact]
    public async Task Reports_of_whom_a_moderator_trusts_weigh_half_as_much_again()
    {
        await site.SetAsync(p => p with { HoldReports = 3 });
        var article = await site.PublishAsync("Reported by the trusted");
        var (byTrusted, byOthers) = (await SayAsync(article, "Reported by trusted readers.", "reported@example.org"), await SayAsync(article, "Reported by others.", "reported@example.net"));

        for (var i = 0; i < 2; i++)
        {
            using var reader = await StaffClient.SignInAsync(site, Role.Reader);
            await ReportAsync(reader, byOthers.Id);
            await TrustAsync(reader.Id);
            await ReportAsync(reader, byTrusted.Id);
        }

        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.Id == byTrusted.Id).Select(c => c.Standing).SingleAsync()));
        Assert.Equal(Standing.Shown, await site.ReadAsync(db => db.Comments.Where(c => c.Id == byOthers.Id).Select(c => c.Standing).SingleAsync()));
    }

    private static async Task ReportAsync(StaffClient reader, long id)
    {
        using var answer = await reader.Browser.PostAsync("/discussion/report/", [new("comment", $"{id}"), new("reason", "abuse")]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<string> LevelAsync(StaffClient mod, string page) => (await mod.OpenAsync(page)).QuerySelector(".level")!.TextContent;

    private async Task TrustAsync(long id) => Assert.Null(await site.Writes.RunAsync((scope, ct) => BanLedger.TrustAsync(scope, id, CommenterTrust.Trusted, ct), CancellationToken.None));

    private async Task<Comment> SayAsync(PublishedArticle article, string words, string email)
    {
        using var reader = site.NewReader();
        using var posted = await reader.CommentAsync(article.Path, words, "Level", email);
        Assert.True(posted.StatusCode == HttpStatusCode.Found, $"{words} {(int)posted.StatusCode}");
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1], CultureInfo.InvariantCulture);
        return await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));
    }

    private static string ReasonOf(Comment comment) => Assert.Single(ScreeningNote.Read(comment.Screening), r => r.Check == "newcomers").Reason;

    public sealed class OnSqlite(SqliteSite site) : LevelTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LevelTests(site), IClassFixture<PostgresSite>;
}
