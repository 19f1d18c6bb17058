namespace Broadsheet.Cluster;

/// <summary>What happens to the cluster while it is read and written.</summary>
/// <param name="Name">For <c>--only</c>.</param>
/// <param name="Act">Breaks something and mends it.</param>
internal sealed record Scenario(string Name, string What, Func<ClusterScript, Task> Act)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(6);

    public async Task<Result> RunAsync(ClusterScript cluster, int readers, int writers)
    {
        var tally = new Tally();
        using var load = new Load(cluster.Url, await Load.ArticlesAsync(cluster.Url), tally);
        using var watcher = new Watcher(cluster.Url, article: 1);
        using var over = new CancellationTokenSource();
        Task[] people = [watcher.RunAsync(over.Token), .. Enumerable.Range(0, readers).Select(_ => load.ReadAsync(over.Token)), .. Enumerable.Range(0, writers).Select(_ => load.WriteAsync(over.Token))];
        await Task.Delay(Before);
        await Act(cluster);
        await Task.Delay(After);
        await over.CancelAsync();
        await Task.WhenAll(people);
        // A second's quiet: the room of a discussion tells of all that came within one at once.
        await Task.Delay(1_500);
        var heard = await HeardAsync(cluster.Url, load);
        var stored = await cluster.QueryAsync("SELECT body FROM comments WHERE author_email = 'writer@example.org'");
        return new Result(What, tally, tally.Accepted.Count(w => !stored.Contains(w)), heard);
    }

    /// <summary>Once all is mended, watchers hear of a comment.</summary>
    private static async Task<TimeSpan?> HeardAsync(Uri site, Load load)
    {
        using var over = new CancellationTokenSource();
        using var watcher = new Watcher(site, article: 2);
        var watching = watcher.RunAsync(over.Token);
        for (var i = 0; i < 100 && !watcher.IsOpen; i++) await Task.Delay(100);
        await Task.Delay(1_500);
        var heard = await watcher.HearsAsync(() => load.CommentAsync(2));
        await over.CancelAsync();
        await watching;
        return heard;
    }
}

internal static class Scenarios
{
    public static readonly IReadOnlyList<Scenario> All =
    [
        new("calm", "Nothing happens", _ => Task.Delay(8_000)),
        new("kill", "A node is killed (-9), and started again", async cluster =>
        {
            await cluster.RunAsync("kill", "node1");
            await Task.Delay(6_000);
            await cluster.RunAsync("start", "node1");
        }),
        new("add", "A fourth node comes, and goes", async cluster =>
        {
            await cluster.RunAsync("start", "node4");
            await Task.Delay(5_000);
            await cluster.RunAsync("stop", "node4");
        }),
        new("roll", "All nodes are stopped and started, one by one", cluster => cluster.RunAsync("roll")),
        new("redis", "Redis is killed, and comes back empty", async cluster =>
        {
            await cluster.RunAsync("kill", "redis");
            await Task.Delay(8_000);
            await cluster.RunAsync("start", "redis");
        }),
        new("halt", "Redis hangs for some seconds", async cluster =>
        {
            await cluster.RunAsync("halt", "redis");
            await Task.Delay(8_000);
            await cluster.RunAsync("go-on", "redis");
        }),
        new("cut", "A node is cut off from the database without a word, for ten seconds", async cluster =>
        {
            await cluster.RunAsync("halt", "cable2");
            await Task.Delay(10_000);
            await cluster.RunAsync("go-on", "cable2");
        }),
        new("primary", "PostgreSQL's primary is stopped, and started again", async cluster =>
        {
            await cluster.RunAsync("stop", "primary");
            await Task.Delay(8_000);
            await cluster.RunAsync("start", "primary");
        }),
        new("crash", "PostgreSQL's primary crashes, and is started again", async cluster =>
        {
            await cluster.RunAsync("kill", "primary");
            await Task.Delay(4_000);
            await cluster.RunAsync("start", "primary");
        }),
    ];
}
