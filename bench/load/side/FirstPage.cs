using System.Diagnostics;

namespace Broadsheet.Load.Side;

/// <summary>How long a program takes from its start until its first page has come whole.</summary>
internal static class FirstPage
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <returns>Milliseconds. The program has ended when this returns.</returns>
    /// <exception cref="InvalidOperationException">No page came within a minute, or the program ended before.</exception>
    public static async Task<double> OfAsync(string address, string program, IEnumerable<string> arguments)
    {
        using var http = new HttpClient();
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            while (!process.HasExited && Stopwatch.GetElapsedTime(started) < Longest)
            {
                if (await PageAsync(http, address)) return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                await Task.Delay(Pause);
            }
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        throw new InvalidOperationException($"{program} gave no page at {address}:\n{await output}{await errors}");
    }

    private static async Task<bool> PageAsync(HttpClient http, string address)
    {
        try
        {
            await http.GetByteArrayAsync(address);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
