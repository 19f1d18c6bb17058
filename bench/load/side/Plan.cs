using System.Globalization;

namespace Broadsheet.Load.Side;

/// <summary>Reads what is to be measured: lines of row, system, kind, process ids (separated by blanks), what, more, and size, with tabulators between.</summary>
internal static class Plan
{
    /// <exception cref="FormatException">Names the line.</exception>
    public static List<Measured> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var plan = new List<Measured>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            var cells = lines[i].Split('\t');
            if (cells.Length is < 5 or > 7 || !Enum.TryParse<MeasureKind>(cells[2], ignoreCase: true, out var kind)) throw new FormatException($"{file}, line {i + 1}: not ROW, SYSTEM, ask|post|figure|failed, PIDS, WHAT [, MORE [, SIZE]]: {lines[i]}");
            plan.Add(new Measured(cells[0], cells[1], kind, [.. cells[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))], cells[4], cells.Length > 5 ? cells[5] : "", cells.Length > 6 ? cells[6] : ""));
        }
        return plan;
    }

    /// <summary>About how long <see cref="Rounds"/> takes over it, as it was seen on two cores.</summary>
    public static TimeSpan Estimate(IReadOnlyList<Measured> plan, int rounds, double seconds, bool isCurve)
    {
        double ask = isCurve ? seconds + 0.7 : Math.Max(1, seconds) + Math.Max(1, seconds / 2) + 1.5, post = seconds + 6;
        double Round(Measured cell) => cell.Kind switch { MeasureKind.Ask => ask, MeasureKind.Post => post, MeasureKind.Figure => FigureSeconds(cell), _ => 0 };
        var warm = plan.Sum(c => c.Kind switch { MeasureKind.Ask => isCurve ? 1.2 : 2.2, MeasureKind.Post => Rounds.WarmingSeconds + 6, _ => 0 });
        return TimeSpan.FromSeconds(warm + rounds * plan.Sum(Round));
    }

    private static double FigureSeconds(Measured cell) =>
        cell.What.Contains("first-render", StringComparison.Ordinal) ? 18 : cell.What.Contains("first-page", StringComparison.Ordinal) ? 4 : cell.What.Contains(" watch ", StringComparison.Ordinal) ? 24 : 0.5;
}
