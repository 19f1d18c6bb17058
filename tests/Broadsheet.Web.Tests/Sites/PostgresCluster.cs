using System.Diagnostics;
using System.Globalization;
using Npgsql;

[assembly: AssemblyFixture(typeof(Broadsheet.Web.Tests.Sites.PostgresCluster))]

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A PostgreSQL cluster of the tests' own, in a temporary folder, on a socket there: the machine's is left alone. Started at first use.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly SemaphoreSlim Starting = new(1);
    private static string? _folder;
    private static string? _bin;
    private static int _databases;
    private const string Filled = "filled";
    private static bool _isFilled;

    /// <summary>An empty database. Where PostgreSQL is not installed, the test is skipped aloud.</summary>
    public static Task<string> NewDatabaseAsync() => NewAsync(null);

    /// <summary>A database with all that <paramref name="fill"/> makes; it is called once, and its work copied from then on.</summary>
    public static Task<string> CopyOfAsync(Func<string, Task> fill) => NewAsync(fill);

    private static async Task<string> NewAsync(Func<string, Task>? fill)
    {
        await Starting.WaitAsync();
        try
        {
            if (_folder is null) await StartAsync();
            var name = string.Create(CultureInfo.InvariantCulture, $"site{++_databases}");
            if (fill is not null && !_isFilled)
            {
                await ExecuteAsync($"CREATE DATABASE {Filled}");
                await fill(ConnectionTo(Filled) + ";Pooling=false");
                _isFilled = true;
            }
            await ExecuteAsync($"CREATE DATABASE {name}{(fill is null ? "" : $" TEMPLATE {Filled}")}");
            return ConnectionTo(name);
        }
        finally
        {
            Starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null) return;
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
        _folder = null;
    }

    public static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault() : null;

    private static string ConnectionTo(string database) => $"Host={_folder};Username=postgres;Database={database};Maximum Pool Size=20;Include Error Detail=true";

    private static async Task StartAsync()
    {
        _bin = FindPrograms();
        if (_bin is null) Assert.Skip("PostgreSQL is not installed: eng/test.sh installs it.");
        // Short, since a socket's path may have 107 bytes.
        var folder = Directory.CreateTempSubdirectory("bs-pg").FullName;
        await ProcessAsync("chown", "postgres", folder);
        await RunAsync("initdb", "-D", $"{folder}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await RunAsync("pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o", $"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300", "start");
        _folder = folder;
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionTo("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    internal static Task RunAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? ProcessAsync("runuser", ["-u", "postgres", "--", $"{_bin ??= FindPrograms()}/{program}", .. arguments])
        : ProcessAsync($"{_bin ??= FindPrograms()}/{program}", arguments);

    internal static async Task ProcessAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, WorkingDirectory = "/" })!;
        // Not its output: the server that pg_ctl starts would hold the pipe open.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}: {await process.StandardError.ReadToEndAsync()}");
    }
}
