using System.Globalization;
using System.Text;

namespace Broadsheet.Load.Side;

/// <summary>The result as Markdown: the median of the rounds, and how the systems of a row stand to two of them.</summary>
internal static class Table
{
    /// <param name="bytes">Of the answers, as they go over the wire.</param>
    public static string Of(Dictionary<Measured, Results> results, IReadOnlyDictionary<Measured, long> bytes)
    {
        var text = new StringBuilder("| what | who | bytes | a second | p50 ms, one connection | p99 ms | CPU ms each | × WordPress | × nginx |\n|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (cell, of) in results.Where(r => r.Key.Kind != MeasureKind.Figure))
        {
            if (of.Rounds.Count == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {cell.Row} | {cell.System} | {Problem(cell, of)} | | | | | | |\n");
                continue;
            }
            string Beside(string system) => results.FirstOrDefault(r => r.Key.Row == cell.Row && r.Key.System == system) is { Key: not null } other && other.Key != cell ? Number(of.Median(r => r.PerSecond) / other.Value.Median(r => r.PerSecond)) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {cell.Row} | {cell.System} | {(bytes.TryGetValue(cell, out var size) ? size.ToString("N0", CultureInfo.InvariantCulture) : "")} | {Number(of.Median(r => r.PerSecond))} | {Number(of.Median(r => r.P50))} | {Number(of.Median(r => r.P99))} | {Number(of.Median(r => r.Cpu))} | {Beside("WordPress")} | {Beside("nginx")} |\n");
        }
        text.Append("\n| what | who | median | least | most |\n|---|---|---:|---:|---:|\n");
        foreach (var (cell, of) in results.Where(r => r.Key.Kind == MeasureKind.Figure))
        {
            if (of.Rounds.Count == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {cell.Row} | {cell.System} | {Problem(cell, of)} | | |\n");
                continue;
            }
            foreach (var (i, (name, unit)) in cell.Figures.Index())
                text.Append(CultureInfo.InvariantCulture, $"| {cell.Row}{(name.Length == 0 ? "" : $": {name}")} | {cell.System} | {Number(of.Median(r => r.Figures[i]))} {unit} | {Number(of.Rounds.Min(r => r.Figures[i]))} | {Number(of.Rounds.Max(r => r.Figures[i]))} |\n");
        }
        return text.Append(Problems(results)).ToString();
    }

    /// <summary>Of a cell without a figure, why; short enough for a table.</summary>
    public static string Problem(Measured cell, Results of) => "failed: " + OneLine(cell.Kind == MeasureKind.Failed ? cell.What : of.Failures.FirstOrDefault() ?? "no round was measured", 120);

    /// <summary>What gave a figure, but not in each round.</summary>
    public static string Problems(Dictionary<Measured, Results> results) =>
        string.Concat(results.Where(r => r.Value.Rounds.Count > 0 && r.Value.Failures.Count > 0).Select(r => $"\n{r.Key.Name}: failed {r.Value.Failures.Count} times beside {r.Value.Rounds.Count} rounds: {OneLine(r.Value.Failures[0], 300)}\n"));

    public static string Number(double value) => value switch
    {
        double.NaN or double.PositiveInfinity => "",
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 or 0 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    private static string OneLine(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "/", StringComparison.Ordinal);
        return line.Length <= most ? line : line[..most] + "…";
    }
}
