using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Jobs;

/// <summary>What becomes of work that is under way when the program stops.</summary>
public abstract class JobRunnerTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_was_begun_when_the_program_stops_is_begun_again_as_soon_as_it_is_back()
    {
        var slow = new SlowJob();
        site.Services = services => services.AddSingleton<IJob>(slow);
        await site.StopAsync();
        await site.StartAsync();
        await site.Writes.RunAsync((scope, _) =>
        {
            scope.Enqueue(SlowJob.Job, "first");
            scope.Enqueue(SlowJob.Job, "second");
            return Task.CompletedTask;
        }, CancellationToken.None);
        await Eventually.SeesAsync(() => Task.FromResult(slow.Begun.Count == 1));

        await site.StopAsync();
        slow.IsQuick = true;
        await site.StartAsync();

        await Eventually.SeesAsync(() => site.ReadAsync(async db => !await db.Outbox.AnyAsync(o => o.Job == SlowJob.Job)));
        Assert.Equal(["first", "first", "second"], slow.Begun);
    }

    private sealed class SlowJob : IJob
    {
        public const string Job = "slow";

        public volatile bool IsQuick;

        public List<string> Begun { get; } = [];

        public string Name => Job;

        public Task RunAsync(string payload, CancellationToken ct)
        {
            Begun.Add(payload);
            return IsQuick ? Task.CompletedTask : Task.Delay(Timeout.Infinite, ct);
        }
    }

    public sealed class OnSqlite(SqliteSite site) : JobRunnerTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : JobRunnerTests(site), IClassFixture<PostgresSite>;
}
