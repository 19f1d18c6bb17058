using Npgsql;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A PostgreSQL server with a streaming replica of it, both of the tests' own, in a temporary folder.</summary>
public sealed class ReplicatedCluster : IAsyncDisposable
{
    private string _folder = "";

    public string Primary => ConnectionTo("a");

    public string Replica => ConnectionTo("b");

    public async Task StartAsync()
    {
        if (PostgresCluster.FindPrograms() is null) Assert.Skip("PostgreSQL is not installed: eng/test.sh installs it.");
        _folder = Directory.CreateTempSubdirectory("bs-pr").FullName;
        // Beside the data, of which all is copied: locks, too.
        foreach (var server in new[] { "a", "b" }) Directory.CreateDirectory(Socket(server));
        if (Environment.UserName == "root") await PostgresCluster.ProcessAsync("chown", "-R", "postgres", _folder);
        await PostgresCluster.RunAsync("initdb", "-D", $"{_folder}/a", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync("a");
        await PostgresCluster.RunAsync("pg_basebackup", "-h", Socket("a"), "-U", "postgres", "-D", $"{_folder}/b", "-R", "-X", "stream", "-c", "fast", "--no-sync");
        await StartAsync("b");
    }

    public Task StopReplicaAsync() => PostgresCluster.RunAsync("pg_ctl", "-D", $"{_folder}/b", "-w", "-m", "fast", "stop");

    public Task StartReplicaAsync() => StartAsync("b");

    /// <summary>It goes on receiving, and stands still for those who read.</summary>
    public Task PauseAsync() => ExecuteAsync("SELECT pg_wal_replay_pause()");

    public Task ResumeAsync() => ExecuteAsync("SELECT pg_wal_replay_resume()");

    public async ValueTask DisposeAsync()
    {
        if (_folder.Length == 0) return;
        NpgsqlConnection.ClearAllPools();
        foreach (var server in new[] { "b", "a" })
            if (File.Exists($"{_folder}/{server}/postmaster.pid")) await PostgresCluster.RunAsync("pg_ctl", "-D", $"{_folder}/{server}", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Socket(string server) => $"{_folder}/s{server}";

    private string ConnectionTo(string server) => $"Host={Socket(server)};Username=postgres;Database=postgres;Maximum Pool Size=20";

    private Task StartAsync(string server) =>
        PostgresCluster.RunAsync("pg_ctl", "-D", $"{_folder}/{server}", "-w", "-l", $"{_folder}/{server}.log", "-o", $"-k {Socket(server)} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60", "start");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Replica + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A publication on a primary with a replica.</summary>
public sealed class ReplicatedSite : BroadsheetSite
{
    public ReplicatedCluster Cluster { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        await Cluster.StartAsync();
        await base.InitializeAsync();
        await SettleAsync();
        await SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cluster.DisposeAsync();
    }

    protected override Task<string[]> ConfigurationAsync() => Task.FromResult<string[]>(["--Database:Provider=PostgreSql", $"--Database:ConnectionString={Cluster.Primary}", $"--Database:ReplicaConnectionString={Cluster.Replica}"]);
}
