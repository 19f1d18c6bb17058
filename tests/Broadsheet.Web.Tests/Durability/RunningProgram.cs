using System.Diagnostics;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Durability;

/// <summary>The program as a process of its own, on a site's folder and database.</summary>
internal sealed record RunningProgram(Process Process, Uri Url) : IDisposable
{
    public static async Task<RunningProgram> StartAsync(BroadsheetSite site)
    {
        var dll = typeof(Web.Data.BroadsheetDb).Assembly.Location;
        string[] arguments = [dll, "serve", .. await site.ArgumentsAsync(), "--urls", "http://127.0.0.1:0", "--Limits:ExemptNetworks=127.0.0.0/8"];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("Now listening on: ", StringComparison.Ordinal);
            if (at < 0) continue;
            _ = process.StandardError.ReadToEndAsync();
            return new RunningProgram(process, new Uri(line[(at + "Now listening on: ".Length)..]));
        }
        throw new InvalidOperationException($"The program ended with {process.ExitCode}.");
    }

    public void Dispose() => Process.Dispose();
}
