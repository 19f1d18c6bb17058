namespace Broadsheet.Load.Side;

/// <summary>How a row is measured.</summary>
internal enum MeasureKind
{
    /// <summary>An address that <c>wrk</c> asks over and over.</summary>
    Ask,

    /// <summary>Comments that <c>post</c> writes.</summary>
    Post,

    /// <summary>A command whose last words on standard output are the figures.</summary>
    Figure,

    /// <summary>Not at all: why, stands in <see cref="Measured.What"/>.</summary>
    Failed,
}

/// <summary>One cell of the table: what is done, by whom.</summary>
/// <param name="Row">What is measured; lines of one row are beside each other.</param>
/// <param name="System">Who is measured.</param>
/// <param name="Processes">Whose processor time counts, with that of all their descendants.</param>
/// <param name="What">An address, the arguments of <c>post</c>, or a command of the shell.</param>
/// <param name="More">Further arguments of <c>wrk</c>; the units of figures.</param>
/// <param name="Size">How much there is of what a cost curve is drawn over; empty: this is no curve's.</param>
internal sealed record Measured(string Row, string System, MeasureKind Kind, IReadOnlyList<int> Processes, string What, string More, string Size)
{
    public string Name => Size.Length == 0 ? $"{Row}, {System}" : $"{Row}, {System}, {Size}";

    /// <summary>Of each figure, a name (empty: the row says it) and a unit: <c>NAME=UNIT|NAME=UNIT</c>, or a unit alone.</summary>
    public IReadOnlyList<(string Name, string Unit)> Figures => [.. More.Split('|').Select(f => f.Split('=', 2)).Select(f => f is [var name, var unit] ? (name, unit) : ("", f[0]))];
}

/// <summary>What one round gave.</summary>
/// <param name="PerSecond">At 16 connections (or writers, as <c>post</c> was told); along a curve, at one.</param>
/// <param name="P50">Milliseconds at one connection; of a post, as many as wrote.</param>
/// <param name="P99">Milliseconds at 16 connections; along a curve, at one.</param>
/// <param name="Cpu">Milliseconds of all processors for one request, at one connection.</param>
/// <param name="Figures">Those of a command, in its order; else none.</param>
internal sealed record Round(double PerSecond, double P50, double P99, double Cpu, IReadOnlyList<double> Figures);

/// <summary>All rounds of one cell, and what went wrong in those that gave nothing.</summary>
internal sealed class Results
{
    public List<Round> Rounds { get; } = [];

    public List<string> Failures { get; } = [];

    /// <summary>One round that failed may be chance.</summary>
    public bool IsGivenUp => Failures.Count > 1;

    public double Median(Func<Round, double> of)
    {
        var sorted = Rounds.Select(of).Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }
}
