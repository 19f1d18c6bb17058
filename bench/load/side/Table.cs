using System.Globalization;
using System.Text;

namespace Broadsheet.Load.Side;

/// <summary>The result as Markdown: the median of the rounds, and how the systems of a row stand to two of them.</summary>
internal static class Table
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }

    /// <param name="bytes">Of the answers, as they go over the wire.</param>
    public static string Of(Dictionary<Measured, List<Round>> results, IReadOnlyDictionary<Measured, long> bytes)
    {
        var text = new StringBuilder("| what | who | bytes | a second | p50 ms, one connection | p99 ms | CPU ms each | × WordPress | × nginx |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (cell, rounds) in results.Where(r => r.Key.Kind != MeasureKind.Figure))
        {
            double PerSecond(List<Round> of) => Median(of.Select(r => r.PerSecond));
            string Beside(string system) => results.FirstOrDefault(r => r.Key.Row == cell.Row && r.Key.System == system) is { Key: not null } other && other.Key != cell ? Number(PerSecond(rounds) / PerSecond(other.Value)) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {cell.Row} | {cell.System} | {(bytes.TryGetValue(cell, out var size) ? size.ToString("N0", CultureInfo.InvariantCulture) : "")} | {Number(PerSecond(rounds))} | {Number(Median(rounds.Select(r => r.P50)))} | {Number(Median(rounds.Select(r => r.P99)))} | {Number(Median(rounds.Select(r => r.Cpu)))} | {Beside("WordPress")} | {Beside("nginx")} |\n");
        }
        text.Append("\n| what | who | median | least | most |\n|---|---|---:|---:|---:|\n");
        foreach (var (cell, rounds) in results.Where(r => r.Key.Kind == MeasureKind.Figure))
            text.Append(CultureInfo.InvariantCulture, $"| {cell.Row} | {cell.System} | {Number(Median(rounds.Select(r => r.PerSecond)))} {cell.More} | {Number(rounds.Min(r => r.PerSecond))} | {Number(rounds.Max(r => r.PerSecond))} |\n");
        return text.ToString();
    }

    private static string Number(double value) => value switch
    {
        double.NaN => "",
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
