using System.Text.RegularExpressions;

namespace Broadsheet.Core.Text;

/// <summary>The names that WordPress gives to the files it derives from an upload.</summary>
public static partial class MediaPath
{
    /// <summary>Where WordPress keeps uploads.</summary>
    public const string Uploads = "/wp-content/uploads/";

    /// <summary>
    /// The names that may be this file's original, likeliest first, the name itself included: <c>boat-300x200.jpg</c> may be its own upload, or
    /// made from <c>boat.jpg</c>, <c>boat-scaled.jpg</c> or <c>boat-rotated.jpg</c>.
    /// </summary>
    public static IEnumerable<string> Originals(string path)
    {
        yield return path;
        var match = Rendition().Match(path);
        var name = match.Success ? match.Groups["stem"].Value + match.Groups["ending"].Value : path;
        if (match.Success) yield return name;
        var scaled = Derived().Match(name);
        if (scaled.Success) yield return scaled.Groups["stem"].Value + scaled.Groups["ending"].Value;
        else if (name.LastIndexOf('.') is > 0 and var dot && name.LastIndexOf('/') < dot)
        {
            yield return $"{name[..dot]}-scaled{name[dot..]}";
            yield return $"{name[..dot]}-rotated{name[dot..]}";
        }
    }

    /// <summary>The size that a rendition's name tells, in pixels; null for other names.</summary>
    public static (int Width, int Height)? SizeOf(string path)
    {
        var match = Size().Match(path);
        return match.Success ? (int.Parse(match.Groups["width"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), int.Parse(match.Groups["height"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"^(?<stem>.+)-\d{1,5}x\d{1,5}(?<ending>\.\w{1,5})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Rendition();

    [GeneratedRegex(@"^(?<stem>.+)-(?:scaled|rotated)(?<ending>\.\w{1,5})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Derived();

    [GeneratedRegex(@"-(?<width>[1-9]\d{0,4})x(?<height>[1-9]\d{0,4})\.\w{1,5}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
