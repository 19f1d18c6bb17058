using System.Globalization;
using System.Text.RegularExpressions;

namespace Broadsheet.Load.Side;

/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal sealed record WrkResult(long Requests, double PerSecond, double P50, double P99);

/// <summary>The load generator <c>wrk</c> (closed loop, one thread).</summary>
internal static partial class Wrk
{
    /// <exception cref="InvalidOperationException">An answer was no success, or a connection failed.</exception>
    public static async Task<WrkResult> RunAsync(Measured cell, int connections, double seconds)
    {
        string[] more = cell.More.Split('|', StringSplitOptions.RemoveEmptyEntries);
        var duration = string.Create(CultureInfo.InvariantCulture, $"-d{Math.Max(1, Math.Round(seconds))}s");
        var said = await Shell.RunAsync("wrk", ["-t1", $"-c{connections}", duration, "--timeout", "60s", "--latency", .. more, cell.What]);
        if (said.Contains("Non-2xx", StringComparison.Ordinal) || said.Contains("Socket errors", StringComparison.Ordinal)) throw new InvalidOperationException(said);
        return new WrkResult(long.Parse(Requests().Match(said).Groups["n"].Value, CultureInfo.InvariantCulture), double.Parse(PerSecond().Match(said).Groups["n"].Value, CultureInfo.InvariantCulture), At(said, "50%"), At(said, "99%"));
    }

    private static double At(string said, string share)
    {
        var match = Latency().Matches(said).First(m => m.Groups["share"].Value == share);
        var value = double.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch { "us" => value / 1_000, "s" => value * 1_000, "m" => value * 60_000, _ => value };
    }

    [GeneratedRegex(@"(?<n>\d+) requests in", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+(?<n>[\d.]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"^\s+(?<share>\d+%)\s+(?<n>[\d.]+)(?<unit>us|ms|s|m)\s*$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1_000)]
    private static partial Regex Latency();
}
