using System.Text.RegularExpressions;

namespace Broadsheet.Core.Text;

/// <summary>
/// The ids and classes that a body may carry. Ids live in the page's one name space, where a free choice could shadow the page's own
/// (or a property of the document: DOM clobbering), so any other id gets the prefix <c>section-</c>, and links to it follow.
/// </summary>
internal static partial class SafeNames
{
    private const string Prefix = "section-";
    private const int MaxLength = 100;

    public static string? Id(string written)
    {
        var id = written.Trim();
        if (id.Length is 0 or > MaxLength || !NameCharacters().IsMatch(id)) return null;
        return OwnId().IsMatch(id) ? id : Prefix + id;
    }

    /// <summary>A link within the page follows its id; links to the discussion stay as they are.</summary>
    public static string Fragment(string address, bool prefix) =>
        prefix && address.Length > 1 && address[0] == '#' && !PageAnchor().IsMatch(address) && Id(address[1..]) is { } id ? "#" + id : address;

    /// <summary>The layout classes among them, or null.</summary>
    public static string? Classes(string written)
    {
        var kept = written.Split(MarkupSpaces, StringSplitOptions.RemoveEmptyEntries)
            .Where(c => c.Length <= MaxLength && LayoutClass().IsMatch(c)).Distinct(StringComparer.Ordinal).Take(20);
        var joined = string.Join(' ', kept);
        return joined.Length == 0 ? null : joined;
    }

    private static readonly char[] MarkupSpaces = [' ', '\t', '\n', '\r', '\f'];

    [GeneratedRegex(@"^[-:.\w]+$", RegexOptions.NonBacktracking)]
    private static partial Regex NameCharacters();

    [GeneratedRegex(@"^(?:fn|fnref|h|section)(?:[-:.][-:.\w]*|\d[-:.\w]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex OwnId();

    [GeneratedRegex(@"^#(?:comments?|respond|(?:comment|more)-\d{1,18})$", RegexOptions.NonBacktracking)]
    private static partial Regex PageAnchor();

    [GeneratedRegex(
        @"^(?:align(?:left|right|center|none|wide|full)|wp-caption(?:-text)?|wp-block-[-\w]+|wp-element-caption|gallery(?:-[-\w]+)?|blocks-gallery-[-\w]+|size-[-\w]+|columns-\d|is-(?:layout|style|cropped|resized|stacked)[-\w]*|has-text-align-(?:left|right|center)|has-drop-cap|has-fixed-layout|more-link|embed-link|missing-media|footnotes?(?:-[-\w]+)?|playlist|language-[-+#\w]+|screen-reader-text)$",
        RegexOptions.NonBacktracking)]
    private static partial Regex LayoutClass();
}
