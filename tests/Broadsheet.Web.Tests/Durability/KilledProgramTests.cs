using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Durability;

/// <summary>The program as a process of its own, killed without warning while readers write: what was answered is there.</summary>
public abstract class KilledProgramTests(BroadsheetSite site)
{
    private static readonly int Kills = Suite.IsFull ? 100 : 2;
    private const int Writers = 16;

    [Fact]
    public async Task No_comment_that_was_answered_is_lost_when_the_program_is_killed()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("Under the storm");
        await site.StopAsync();
        var answered = new ConcurrentBag<string>();
        var random = new Random(20261124);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var program = await RunningProgram.StartAsync(site);
            using var storm = new CancellationTokenSource();
            var writers = Enumerable.Range(0, Writers).Select(w => WriteAsync(program.Url, article, $"{kill} {w}", answered, storm.Token)).ToList();
            var before = answered.Count;
            while (answered.Count < before + 20 && !program.Process.HasExited) await Task.Delay(10);
            await Task.Delay(random.Next(0, 200));
            program.Process.Kill();
            await program.Process.WaitForExitAsync();
            await storm.CancelAsync();
            await Task.WhenAll(writers);
        }
        await site.StartAsync();
        var stored = await site.ReadAsync(db => db.Comments.Select(c => new { c.Body, c.Number, c.Reply, c.Path }).ToListAsync());
        var counters = await site.ReadAsync(db => db.ThreadCounters.SingleAsync(c => c.ArticleId == article.Id));

        Assert.True(answered.Count >= Kills * 20, $"Only {answered.Count} comments were answered.");
        Assert.Empty(answered.Except(stored.Select(s => s.Body)));
        Assert.Equal(stored.Count, stored.Select(s => s.Body).Distinct().Count());
        Assert.Equal(stored.Count, counters.CommentsShown);
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(n => (int?)n), stored.Select(s => s.Number).Order());
    }

    private static async Task WriteAsync(Uri url, PublishedArticle article, string name, ConcurrentBag<string> answered, CancellationToken ct)
    {
        try
        {
            using var reader = new ReaderClient(url);
            var form = (await reader.OpenAsync(article.Path)).QuerySelector("input[name=reply_token]")!.GetAttribute("value")!;
            for (var i = 0; !ct.IsCancellationRequested; i++)
            {
                var words = $"Comment {name} {i}";
                using var content = new FormUrlEncodedContent([new("comment", words), new("author", "Storm"), new("email", $"storm{name.Replace(' ', '-')}@example.org"), new("comment_post_ID", article.Id.ToString(CultureInfo.InvariantCulture)), new("reply_token", form)]);
                using var answer = await reader.Http.PostAsync(new Uri("/wp-comments-post.php", UriKind.Relative), content, ct);
                if (answer.StatusCode == HttpStatusCode.Found) answered.Add(words);
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // The program is gone: what had no answer is owed nothing.
        }
    }

    public sealed class OnSqlite(SqliteSite site) : KilledProgramTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : KilledProgramTests(site), IClassFixture<PostgresSite>;
}
