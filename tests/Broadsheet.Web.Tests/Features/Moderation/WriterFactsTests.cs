using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>What is known of a writer when their comment comes: bans, trust, what became of earlier comments, the same words elsewhere.</summary>
public abstract class WriterFactsTests(BroadsheetSite site) : IAsyncLifetime
{
    private static int _networks;

    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, HoldLinks = 2, TrustAfter = 0, CheckModes = new() { ["repeats"] = CheckMode.Act, ["recent-rejections"] = CheckMode.Act } });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(BanKind.Email, "banned.one@gmail.com", "bannedone+x@googlemail.com", "198.51.100.1")]
    [InlineData(BanKind.EmailDomain, "trash.example", "any@post.trash.example", "198.51.100.1")]
    [InlineData(BanKind.Network, "203.0.113.0/24", "someone@example.org", "203.0.113.250")]
    [InlineData(BanKind.Network, "2001:db8:77::/48", "someone@example.org", "2001:db8:77:1::5")]
    public async Task A_ban_refuses_with_reason_and_end_and_keeps_the_words(BanKind kind, string value, string email, string from)
    {
        var article = await site.PublishAsync($"Banned by {kind} {value}");
        var ban = await BanAsync(kind, value, BanAction.Refuse, TimeProvider.System.GetUtcNow().AddDays(3));
        using var banned = site.ReaderFrom(from);
        using var other = site.ReaderFrom("198.51.100.2");

        using var refused = await banned.CommentAsync(article.Path, "Words <that> stay.", "Bo", email);
        using var taken = await other.CommentAsync(article.Path, "Other words.", "Cy", "cy@example.org");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Found), (refused.StatusCode, taken.StatusCode));
        var page = await StaffClient.PageOf(refused);
        Assert.Equal("Words <that> stay.", page.QuerySelector("#comment")!.TextContent);
        var told = page.QuerySelector("#form-problem")!.TextContent;
        Assert.Contains("Advertises watches.", told, StringComparison.Ordinal);
        Assert.Contains("until", told, StringComparison.Ordinal);
        var staff = await StaffClient.SignInAsync(site, Role.Moderator);
        Assert.True(await site.Writes.RunAsync((scope, ct) => BanLedger.LiftAsync(scope, ban, staff.Id, ct), CancellationToken.None));
        using var again = await banned.CommentAsync(article.Path, "Words <that> stay.", "Bo", email);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    [Fact]
    public async Task A_ban_that_holds_is_not_told_and_one_that_has_ended_does_nothing()
    {
        var article = await site.PublishAsync("Held by a ban");
        await BanAsync(BanKind.Email, "quiet@example.org", BanAction.Hold, null);
        var ended = await BanAsync(BanKind.Email, "ended@example.org", BanAction.Refuse, TimeProvider.System.GetUtcNow().AddDays(1));
        await site.Writes.RunAsync((scope, ct) => scope.Db.Bans.Where(b => b.Id == ended).ExecuteUpdateAsync(set => set.SetProperty(b => b.Until, scope.Now.AddSeconds(-1)), ct), CancellationToken.None);

        var held = await SayAsync(article, "Held words.", "Dee", "quiet@example.org");
        var shown = await SayAsync(article, "Free words.", "Eli", "ended@example.org");

        Assert.Equal((Standing.Held, Standing.Shown), (held.Standing, shown.Standing));
        Assert.Contains("ban", ChecksOf(held));
    }

    [Fact]
    public async Task Staff_cannot_be_banned_and_no_network_keeps_them_out()
    {
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        var article = await site.PublishAsync("Staff and bans");
        author.Browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.77");
        await BanAsync(BanKind.Network, "192.0.2.0/24", BanAction.Refuse, null);

        var byId = await AddAsync(BanKind.Person, $"{author.Id}", BanAction.Refuse, null);
        var byAddress = await AddAsync(BanKind.Email, author.Email.ToUpperInvariant(), BanAction.Refuse, null);
        using var said = await author.Browser.CommentAsync(article.Path, "From a banned network.");

        Assert.Equal(("value", "value"), (byId.Problem?.Field, byAddress.Problem?.Field));
        Assert.Equal(HttpStatusCode.Found, said.StatusCode);
        Assert.Equal(Standing.Shown, (await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Body == "From a banned network."))).Standing);
    }

    [Fact]
    public async Task A_person_is_held_always_or_trusted_with_links()
    {
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        reader.Browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", Network());
        var article = await site.PublishAsync("Watched");
        await TrustAsync(reader.Id, CommenterTrust.AlwaysHeld);
        using var first = await reader.Browser.CommentAsync(article.Path, "Watched words.");
        await TrustAsync(reader.Id, CommenterTrust.Trusted);
        using var second = await reader.Browser.CommentAsync(article.Path, "Linked https://a.example and https://b.example");

        var comments = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([Standing.Held, Standing.Shown], comments.Select(c => c.Standing));
        Assert.Equal(["always-held"], ChecksOf(comments[0]));
    }

    [Fact]
    public async Task Whoever_was_mostly_rejected_lately_waits_however_their_mailbox_is_spelled()
    {
        var article = await site.PublishAsync("Rejected lately");
        var ids = new List<long>();
        for (var i = 0; i < 3; i++) ids.Add((await SayAsync(article, $"Buy {i}.", "Fay", "fay.often@gmail.com")).Id);
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [.. ids.Take(2).Select(id => new SeenComment(id))], new DecisionWish(Standing.Spam, mod.Id), ct), CancellationToken.None);

        var next = await SayAsync(article, "Now something else.", "Gil", "fayoften+new@gmail.com");
        var stranger = await SayAsync(article, "Hello.", "Hal", "hal.lately@gmail.com");

        Assert.Equal((Standing.Held, Standing.Shown), (next.Standing, stranger.Standing));
        Assert.Contains("2 of this writer's 3 comments", Assert.Single(JsonSerializer.Deserialize<List<CheckResult>>(next.Screening!)!).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_words_by_others_are_found_across_articles_and_linked()
    {
        const string Words = "Everybody should know that the mayor has sold the lighthouse to a cousin of his wife, number {0}.";
        var (one, other) = (await site.PublishAsync("Copied here"), await site.PublishAsync("Copied there"));
        var first = await SayAsync(one, string.Format(null, Words, "one"), "Ida", "ida@example.org");

        var copy = await SayAsync(other, string.Format(null, Words, "two"), "Jon", "jon@example.org");
        var short1 = await SayAsync(one, "Well said!", "Kim", "kim@example.org");
        var short2 = await SayAsync(other, "Well said!", "Lou", "lou@example.org");

        Assert.Equal((Standing.Shown, Standing.Held, Standing.Shown, Standing.Shown), (first.Standing, copy.Standing, short1.Standing, short2.Standing));
        var result = Assert.Single(JsonSerializer.Deserialize<List<CheckResult>>(copy.Screening!)!);
        Assert.Equal("repeats", result.Check);
        Assert.Equal([first.Id], result.Comments!);
    }

    [Fact]
    public async Task An_opinion_that_only_advises_is_kept_and_decides_nothing()
    {
        await site.SetAsync(p => p with { CheckModes = new() { ["links"] = CheckMode.Advise, ["words"] = CheckMode.Off }, HoldWords = "lantern" });
        var article = await site.PublishAsync("Advice");

        var advised = await SayAsync(article, "See https://a.example, https://b.example and the lantern.", "Max", "max@example.org");

        Assert.Equal(Standing.Shown, advised.Standing);
        var result = Assert.Single(JsonSerializer.Deserialize<List<CheckResult>>(advised.Screening!)!);
        Assert.Equal(("links", Leaning.Hold, CheckMode.Advise), (result.Check, result.Leaning, result.Mode));
        Assert.InRange(result.Microseconds, 0, 5_000_000);
        await site.SetAsync(p => p with { HoldWords = "" });
    }

    [Fact]
    public async Task The_facts_are_not_worked_out_anew_for_each_post()
    {
        await site.SettleAsync();
        var article = await site.PublishAsync("Counted");
        await SayAsync(article, "The same many words as those that will come next under this article here.", "Ned", "ned@example.org");
        await site.IndexAsync();
        using var reader = site.ReaderFrom(Network());
        // What every page needs is in memory then.
        await reader.ReadAsync(article.Path);
        site.Statements.Reset();

        using var posted = await reader.CommentAsync(article.Path, "The same many words as those that came before under this article here.", "Ned", "ned@example.org");

        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var reads = site.Statements.Statements.Where(s => s.StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        Assert.InRange(reads.Count, 0, 4);
        Assert.DoesNotContain(reads, s => s.Contains("bans", StringComparison.Ordinal) || s.Contains("comment_prints", StringComparison.Ordinal) || s.Contains("author_ip", StringComparison.Ordinal));
    }

    private async Task<Comment> SayAsync(PublishedArticle article, string words, string name, string email)
    {
        using var reader = site.ReaderFrom(Network());
        using var posted = await reader.CommentAsync(article.Path, words, name, email);
        Assert.True(posted.StatusCode == HttpStatusCode.Found, $"{(int)posted.StatusCode}");
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
        return await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));
    }

    private static string Network() => $"10.{Interlocked.Increment(ref _networks)}.0.1";

    private async Task<long> BanAsync(BanKind kind, string value, BanAction action, DateTimeOffset? until) => (await AddAsync(kind, value, action, until)).Value.Id;

    private async Task<Core.Outcome<Web.Data.Records.Ban>> AddAsync(BanKind kind, string value, BanAction action, DateTimeOffset? until)
    {
        using var mod = await StaffClient.AddAsync(site, Role.Moderator);
        return await site.Writes.RunAsync((scope, ct) => BanLedger.AddAsync(scope, new BanWish(kind, value, "Advertises watches", until, action), mod.Id, ct), CancellationToken.None);
    }

    private async Task TrustAsync(long id, CommenterTrust trust) => Assert.Null(await site.Writes.RunAsync((scope, ct) => BanLedger.TrustAsync(scope, id, trust, ct), CancellationToken.None));

    private static string[] ChecksOf(Comment comment) => [.. JsonSerializer.Deserialize<List<CheckResult>>(comment.Screening!)!.Select(r => r.Check)];

    public sealed class OnSqlite(ForwardedSqliteSite site) : WriterFactsTests(site), IClassFixture<ForwardedSqliteSite>;

    public sealed class OnPostgres(ForwardedPostgresSite site) : WriterFactsTests(site), IClassFixture<ForwardedPostgresSite>;
}
