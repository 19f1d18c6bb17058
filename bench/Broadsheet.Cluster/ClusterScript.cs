using System.Diagnostics;

namespace Broadsheet.Cluster;

/// <summary>The cluster, by the script that runs it.</summary>
internal sealed class ClusterScript(string script, Dictionary<string, string> settings)
{
    public Uri Url { get; } = new(settings["URL"]);

    public string Database => settings["DATABASE"];

    public static async Task<ClusterScript> UpAsync()
    {
        var script = FindScript();
        Console.Error.WriteLine((await RunAsync(script, ["up"])).Trim());
        var lines = (await RunAsync(script, ["env"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new ClusterScript(script, lines.Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal));
    }

    public Task<string> RunAsync(params string[] arguments) => RunAsync(script, arguments);

    /// <summary>Rows of one column, asked of the primary itself.</summary>
    public async Task<HashSet<string>> QueryAsync(string sql)
    {
        var psql = Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "psql")).Where(File.Exists).Order(StringComparer.Ordinal).Last();
        var port = (int.Parse(settings["PORT"], System.Globalization.CultureInfo.InvariantCulture) + 5).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return [.. (await RunAsync(psql, ["-h", "127.0.0.1", "-p", port, "-U", "postgres", "-d", "broadsheet", "-At", "-c", sql])).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Its output goes by a file: what it starts would hold a pipe open.</summary>
    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        var output = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("bash", ["-c", "exec \"$@\" >\"$0\" 2>&1", output, program, .. arguments]))!;
            await process.WaitForExitAsync();
            var text = await File.ReadAllTextAsync(output);
            return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}");
        }
        finally
        {
            File.Delete(output);
        }
    }

    private static string FindScript()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "eng", "cluster.sh") is var script && File.Exists(script)) return script;
        throw new InvalidOperationException("eng/cluster.sh is not above this program.");
    }
}
