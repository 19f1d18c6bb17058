using System.Diagnostics;
using System.Text;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Durability;

/// <summary>The program as a process of its own, on a site's folder and database.</summary>
internal sealed record RunningProgram(Process Process, Uri Url) : IDisposable
{
    public static async Task<RunningProgram> StartAsync(BroadsheetSite site, params string[] more)
    {
        string[] arguments = ["serve", .. await site.ArgumentsAsync(), "--urls", "http://127.0.0.1:0", "--Limits:ExemptNetworks=127.0.0.0/8", .. more];
        var process = BroadsheetProgram.Start(arguments);
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            var at = line.IndexOf("Now listening on: ", StringComparison.Ordinal);
            if (at < 0) continue;
            _ = process.StandardError.ReadToEndAsync();
            return new RunningProgram(process, new Uri(line[(at + "Now listening on: ".Length)..]));
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The program ended with {process.ExitCode}:\n{said}");
    }

    public void Dispose() => Process.Dispose();
}
