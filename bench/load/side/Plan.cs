using System.Globalization;

namespace Broadsheet.Load.Side;

/// <summary>Reads what is to be measured: lines of row, system, kind, process ids (separated by blanks), what, and more, with tabulators between.</summary>
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
            if (cells.Length is < 5 or > 6 || !Enum.TryParse<MeasureKind>(cells[2], ignoreCase: true, out var kind)) throw new FormatException($"{file}, line {i + 1}: not ROW, SYSTEM, ask|post|figure, PIDS, WHAT [, MORE]: {lines[i]}");
            plan.Add(new Measured(cells[0], cells[1], kind, [.. cells[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))], cells[4], cells.Length > 5 ? cells[5] : ""));
        }
        return plan;
    }
}
