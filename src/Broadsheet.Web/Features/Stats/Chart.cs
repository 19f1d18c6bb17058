using System.Globalization;

namespace Broadsheet.Web.Features.Stats;

/// <summary>Columns over time, drawn as SVG by the page: what is to be drawn where, in units of a picture of <see cref="Width"/> by <see cref="Height"/>.</summary>
internal sealed record Chart(IReadOnlyList<Chart.Column> Columns, IReadOnlyList<Chart.Line> Lines)
{
    public const int Width = 720;
    public const int Height = 220;

    /// <summary>Where the words below the columns stand.</summary>
    public const string Baseline = "214";
    private const int Left = 48;
    private const int Top = 12;
    private const int Bottom = 24;

    /// <param name="Inner">The lower part of the column that is told apart: those who came from elsewhere.</param>
    /// <param name="Label">Under the column; null where there is no room for one.</param>
    internal sealed record Column(string X, string Y, string Width, string Height, string InnerY, string Inner, string Middle, string? Label, string Title);

    internal sealed record Line(string Y, string Text);

    /// <param name="points">Oldest first.</param>
    public static Chart Of(IReadOnlyList<Point> points)
    {
        var step = NiceStep(points.Count == 0 ? 0 : points.Max(p => p.Views));
        var top = Math.Max(step, points.Count == 0 ? 0 : (points.Max(p => p.Views) + step - 1) / step * step);
        double Y(double views) => Top + (Height - Top - Bottom) * (1 - views / top);
        var room = (double)(Width - Left) / Math.Max(points.Count, 1);
        var every = Math.Max(1, (int)Math.Ceiling(60 / room));
        var columns = points.Select((p, i) => new Column(
            Number(Left + i * room + room * 0.1), Number(Y(p.Views)), Number(room * 0.8), Number(Y(0) - Y(p.Views)), Number(Y(p.Visits)), Number(Y(0) - Y(p.Visits)), Number(Left + (i + 0.5) * room),
            (points.Count - 1 - i) % every == 0 ? p.Short : null, $"{p.Name}: {Count(p.Views)} {(p.Views == 1 ? "view" : "views")}, {Count(p.Visits)} {(p.Visits == 1 ? "visit" : "visits")}"));
        return new Chart([.. columns], [.. Enumerable.Range(0, (int)(top / step) + 1).Select(n => new Line(Number(Y(n * step)), Count(n * step)))]);
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten, so that three to six lines are drawn.</summary>
    internal static long NiceStep(long most)
    {
        if (most <= 4) return 1;
        var power = (long)Math.Pow(10, Math.Floor(Math.Log10(most / 4.0)));
        var step = (most / power) switch { >= 20 => 5, >= 8 => 2, _ => 1 };
        return step * power;
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <param name="Name">In full, for the table and for whoever hears it.</param>
    /// <param name="Short">For below the column.</param>
    internal sealed record Point(string Name, string Short, long Views, long Visits, long Reads, long Seconds);
}
