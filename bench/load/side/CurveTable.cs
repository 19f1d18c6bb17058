using System.Globalization;
using System.Text;

namespace Broadsheet.Load.Side;

/// <summary>Cost curves as Markdown: of each row and system, its sizes beside each other, and what the larger ones take of the smallest.</summary>
internal static class CurveTable
{
    /// <summary>Above, a cost grows: design.md §7.</summary>
    private const double Flat = 1.25;

    public static string Of(Dictionary<Measured, Results> results)
    {
        var sizes = results.Keys.Select(c => c.Size).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        var asked = results.Where(r => r.Key.Kind is MeasureKind.Ask or MeasureKind.Post).ToList();
        if (asked.Count > 0) text.Append(CultureInfo.InvariantCulture, $"| what | on | p50 ms, of {string.Join(" / ", sizes)} | ratio | CPU ms each | ratio |\n|---|---|---:|---:|---:|---:|\n");
        foreach (var group in asked.GroupBy(r => (r.Key.Row, r.Key.System)))
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key.Row} | {group.Key.System} | {Cells(group.ToList(), r => r.P50)} | {Cells(group.ToList(), r => r.Cpu)} |\n");
        var figures = results.Where(r => r.Key.Kind == MeasureKind.Figure).ToList();
        if (figures.Count > 0) text.Append(CultureInfo.InvariantCulture, $"| what | on | of {string.Join(" / ", sizes)} | ratio |\n|---|---|---:|---:|\n");
        foreach (var group in figures.GroupBy(r => (r.Key.Row, r.Key.System)))
            foreach (var (i, (name, unit)) in group.First().Key.Figures.Index())
                text.Append(CultureInfo.InvariantCulture, $"| {group.Key.Row}{(name.Length == 0 ? "" : $": {name}")}, {unit} | {group.Key.System} | {Cells(group.ToList(), r => r.Figures[i])} |\n");
        foreach (var (cell, of) in results.Where(r => r.Value.Rounds.Count == 0)) text.Append(CultureInfo.InvariantCulture, $"\n{cell.Name}: {Table.Problem(cell, of)}\n");
        return text.Append(Table.Problems(results)).ToString();
    }

    private static string Cells(List<KeyValuePair<Measured, Results>> group, Func<Round, double> of)
    {
        var values = group.ConvertAll(g => g.Value.Median(of));
        string Ratio(double value) => value / values[0] is var ratio && !double.IsFinite(ratio) ? "–" : ratio > Flat ? $"**{ratio.ToString("0.00", CultureInfo.InvariantCulture)}**" : ratio.ToString("0.00", CultureInfo.InvariantCulture);
        return $"{string.Join(" / ", values.Select(v => double.IsNaN(v) ? "–" : Table.Number(v)))} | {string.Join(" / ", values.Skip(1).Select(Ratio))}";
    }
}
