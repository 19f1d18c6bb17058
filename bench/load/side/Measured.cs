namespace Broadsheet.Load.Side;

/// <summary>How a row is measured.</summary>
internal enum MeasureKind
{
    /// <summary>An address that <c>wrk</c> asks over and over.</summary>
    Ask,

    /// <summary>Comments that <c>post</c> writes.</summary>
    Post,

    /// <summary>A command whose last word on standard output is the figure.</summary>
    Figure,
}

/// <summary>One cell of the table: what is done, by whom.</summary>
/// <param name="Row">What is measured; lines of one row are beside each other.</param>
/// <param name="System">Who is measured.</param>
/// <param name="Processes">Whose processor time counts, with that of all their descendants.</param>
/// <param name="What">An address, the arguments of <c>post</c>, or a command of the shell.</param>
/// <param name="More">Further arguments of <c>wrk</c>; the unit of a figure.</param>
internal sealed record Measured(string Row, string System, MeasureKind Kind, IReadOnlyList<int> Processes, string What, string More);

/// <summary>What one round gave.</summary>
/// <param name="PerSecond">At 16 connections (or writers, as <c>post</c> was told); for a figure, the figure.</param>
/// <param name="P50">Milliseconds at one connection; of a post, as many as wrote.</param>
/// <param name="P99">Milliseconds at 16 connections.</param>
/// <param name="Cpu">Milliseconds of all processors for one request, at one connection.</param>
internal sealed record Round(double PerSecond, double P50, double P99, double Cpu);
