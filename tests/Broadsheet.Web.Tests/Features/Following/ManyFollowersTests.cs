using System.Diagnostics;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Following;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Following;

/// <summary>Ten thousand follow one discussion.</summary>
public abstract class ManyFollowersTests(BroadsheetSite site)
{
    private const int Followers = 10_000;

    [Fact]
    public async Task Ten_thousand_are_told_in_few_statements_while_others_comment_undisturbed()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Followed");
        var elsewhere = await site.PublishAsync("Elsewhere");
        using var reader = site.NewReader();
        using var first = await reader.CommentAsync(article.Path, "Before anybody followed.");
        var comment = first.Headers.Location!.OriginalString.Split("#comment-")[1];
        await SeedAsync(article.Id);
        var alone = await PostAsync(elsewhere, "alone", 20);
        var job = site.Service<NotifyComment>();

        var started = Stopwatch.GetTimestamp();
        var telling = Task.Run(() => job.RunAsync(comment, CancellationToken.None));
        var meanwhile = new List<TimeSpan>();
        while (!telling.IsCompleted) meanwhile.AddRange(await PostAsync(elsewhere, $"meanwhile {meanwhile.Count}", 1));
        await telling;
        var took = Stopwatch.GetElapsedTime(started);

        var told = await site.ReadAsync(db => db.Mails.Where(m => m.CommentId != null).GroupBy(m => m.State == MailState.Gathered).Select(g => new { g.Key, Count = g.Count() }).ToListAsync());
        Assert.Equal(Followers - 1, told.Sum(t => t.Count));
        Assert.Equal(Followers / 2, told.Single(t => t.Key).Count);
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}.");
        var (before, during) = (Median(alone), Median(meanwhile));
        TestContext.Current.SendDiagnosticMessage($"{Followers} told in {took.TotalMilliseconds:N0} ms; a comment takes {before.TotalMilliseconds:N1} ms alone, {during.TotalMilliseconds:N1} ms meanwhile ({meanwhile.Count} of them, longest {meanwhile.Max().TotalMilliseconds:N0} ms)");
        Assert.True(during < before * 5 + TimeSpan.FromMilliseconds(100), $"A comment took {before} alone and {during} meanwhile.");

        // A look for the followers of a batch; nothing a follower. (Rows and ids come in bulk, beside EF.)
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            using var seen = await WriteStatements.ListenAsync(scope.Db);
            await scope.Db.Mails.Where(m => m.CommentId != null).ExecuteDeleteAsync(ct);
            seen.Statements.Clear();
            await FollowNotices.TellOfCommentAsync(scope, new ToldComment(long.Parse(comment), article.Id, "", null, ""), 0, NotifyComment.Batch, ct);
            Assert.Contains("subscriptions", Assert.Single(seen.Statements), StringComparison.Ordinal);
        }, CancellationToken.None);
        await job.RunAsync(comment, CancellationToken.None);
        Assert.Equal(Followers, await site.ReadAsync(db => db.Mails.CountAsync(m => m.CommentId != null)));

        // Again, as after a crash: nothing is told twice.
        await job.RunAsync(comment, CancellationToken.None);
        Assert.Equal(Followers, await site.ReadAsync(db => db.Mails.CountAsync(m => m.CommentId != null)));
    }

    /// <summary>Half of them daily, one of them the writer. Nothing is due while the test counts.</summary>
    private Task SeedAsync(long article) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var ids = await scope.NewIdsAsync<Subscription>(Followers, ct);
        await scope.InsertManyAsync([.. ids.Select((id, i) => new Subscription
        {
            Id = id, Email = i == 0 ? "ann@example.org" : $"f{i}@example.org", EmailFolded = i == 0 ? "ann@example.org" : $"f{i}@example.org", Kind = SubscriptionKind.Thread, ArticleId = article, State = SubscriptionState.Active,
            Frequency = i % 2 == 1 ? MailFrequency.Daily : MailFrequency.Immediate, Origin = "https://follow.test", AskedAt = scope.Now, ConfirmedAt = scope.Now,
        })], ct);
    }, CancellationToken.None);

    private async Task<List<TimeSpan>> PostAsync(PublishedArticle article, string words, int count)
    {
        using var reader = site.NewReader();
        var times = new List<TimeSpan>();
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await reader.PostAsync("/wp-comments-post.php", [new("comment_post_ID", $"{article.Id}"), new("comment", $"{words} {i}"), new("author", "Ben"), new("email", "ben@example.org")]);
            Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
            times.Add(Stopwatch.GetElapsedTime(started));
        }
        return times;
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    public sealed class OnSqlite(SqliteSite site) : ManyFollowersTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ManyFollowersTests(site), IClassFixture<PostgresSite>;
}
