using System.Globalization;

namespace Broadsheet.Core.Text;

/// <summary>The addresses of a picture in several widths, from which a browser chooses (WHATWG HTML §4.8.4.3.12).</summary>
public static class SourceSet
{
    /// <summary>The article column of the default theme, in CSS pixels: on a phone the window without its margins, then <c>--measure</c> at two sizes of type.</summary>
    private const int Narrow = 576, Wide = 737, Margins = 35, WideFrom = 768;

    /// <summary>Pixels of a screen for a CSS pixel. Phones have three, but show a column half as wide.</summary>
    private const int Dense = 2;

    /// <summary>In a gallery a picture fills a square: one that is wider than high is shown wider than its place, and cut.</summary>
    public const string InGallery = "(min-width: 768px) 320px, 60vw";

    /// <summary>The whole-picture renditions and the original, with widths; those beyond what a dense screen shows of a column are left out.</summary>
    /// <param name="path">The original's, not percent-encoded.</param>
    /// <param name="shown">How wide it is shown at most, in CSS pixels; null where it fills what the theme gives it.</param>
    /// <returns>Null for a picture without renditions.</returns>
    public static string? Of(string path, string mimeType, int? width, int? height, int? shown = null)
    {
        if (!Rendition.AreMadeOf(mimeType) || width is not { } w || height is not { } h) return null;
        var address = LocalMedia.Encoded(path);
        var choices = Rendition.Of(w, h).Where(static r => !r.IsCrop).Select(r => (Address: r.AddressOf(address), r.Width)).ToList();
        if (choices.Count == 0) return null;
        choices.Add((address, w));
        var enough = shown is { } s ? choices.FindIndex(c => c.Width >= Dense * Math.Min(s, Wide)) : -1;
        return string.Join(", ", choices.Take(enough < 0 ? choices.Count : enough + 1).Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Address} {c.Width}w")));
    }

    /// <summary>How wide an article's column shows a picture.</summary>
    /// <param name="width">In CSS pixels: what its <c>width</c> says. It is never shown wider.</param>
    public static string InColumn(int width) => width switch
    {
        <= Narrow => string.Create(CultureInfo.InvariantCulture, $"(min-width: {width + Margins}px) {width}px, calc(100vw - {Margins}px)"),
        _ => string.Create(CultureInfo.InvariantCulture, $"(min-width: {WideFrom}px) {Math.Min(width, Wide)}px, (min-width: {Narrow + Margins}px) {Narrow}px, calc(100vw - {Margins}px)"),
    };
}
