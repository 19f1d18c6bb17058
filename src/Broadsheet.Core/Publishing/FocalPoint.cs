using System.Globalization;

namespace Broadsheet.Core.Publishing;

/// <summary>What of a picture stays in sight where a theme cuts it: percent of its width from the left and of its height from the top, 0 to 100 in steps of <see cref="Step"/>.</summary>
public sealed record FocalPoint
{
    /// <summary>The style sheet has a class for each step: a page may carry no style of its own.</summary>
    public const int Step = 5;

    private FocalPoint()
    {
    }

    public int Across { get; private init; }
    public int Down { get; private init; }

    /// <summary>For the style sheet: <c>focus-x-30 focus-y-70</c>.</summary>
    public string Classes => string.Create(CultureInfo.InvariantCulture, $"focus-x-{Across} focus-y-{Down}");

    /// <returns>The nearest step; null for the middle, which is where a picture is cut without one.</returns>
    public static FocalPoint? Of(int across, int down)
    {
        var (x, y) = (Nearest(across), Nearest(down));
        return (x, y) == (50, 50) ? null : new FocalPoint { Across = x, Down = y };
    }

    private static int Nearest(int percent) => (Math.Clamp(percent, 0, 100) + (Step / 2)) / Step * Step;
}
