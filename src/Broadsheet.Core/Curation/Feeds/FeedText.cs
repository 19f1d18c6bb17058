using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>Texts of feeds, whose markup is now said, now guessed.</summary>
internal static partial class FeedText
{
    /// <summary>A line of plain text: titles and names. Null when nothing is left.</summary>
    public static string? Plain(string? html, int longest = FeedReader.MaxTitle)
    {
        if (html is null) return null;
        var text = LooksLikeHtml(html) ? PlainText.Of(html) : string.Join(' ', html.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > longest) text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)].TrimEnd();
        return text.Length > 0 ? text : null;
    }

    /// <summary>A text of RSS as HTML: its markup is escaped, stands bare, or there is none, and nothing says which.</summary>
    public static string? OfRss(FeedNode? element)
    {
        if (element is null) return null;
        if (element.HasElements) return NotEmpty(element.InnerMarkup());
        var value = element.Value();
        return NotEmpty(LooksLikeHtml(value) ? value : WebUtility.HtmlEncode(value));
    }

    /// <summary>A text construct or content of Atom as HTML, by its type (1.0) or mode and type (0.3).</summary>
    public static string? OfAtom(FeedNode? element)
    {
        if (element is null) return null;
        var type = element.Attribute("type")?.Trim().ToLowerInvariant() ?? "";
        if (element.Attribute("mode") == "base64") return OfMedia(Decoded(element.Value()) ?? "", type);
        if (type == "xhtml" || element.HasElements) return NotEmpty(WithoutDiv(element));
        var value = element.Value();
        if (type.Length == 0 && element.Attribute("mode") != "escaped" || type is "text" or "html" || IsMarkup(type) || type.StartsWith("text/", StringComparison.Ordinal) || element.Attribute("mode") is not null)
            return OfMedia(value, type);
        return OfMedia(Decoded(value) ?? value, type);
    }

    /// <summary>The first sight of markup: a tag, or a reference of HTML.</summary>
    public static bool LooksLikeHtml(string text) => Markup().IsMatch(text);

    public static string? NotEmpty(string text) => text.Length > 0 ? text : null;

    private static string? OfMedia(string value, string type)
    {
        value = value.Trim();
        var plain = type is "text" or "text/plain" || (type.Length == 0 && !LooksLikeHtml(value));
        return NotEmpty(plain ? WebUtility.HtmlEncode(value) : value);
    }

    private static bool IsMarkup(string type) => type.EndsWith("html", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal) || type.EndsWith("/xml", StringComparison.Ordinal);

    private static string? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var count) || !Utf8.IsValid(bytes.AsSpan(0, count))) return null;
        var decoded = Encoding.UTF8.GetString(bytes, 0, count);
        return decoded.Any(static c => char.IsControl(c) && !char.IsWhiteSpace(c)) ? null : decoded;
    }

    /// <summary>RFC 4287, 3.1.1.3: the div around it is not part of it.</summary>
    private static string WithoutDiv(FeedNode element) =>
        element.Elements().Take(2).ToList() is [{ Name: "div" } div] && div.Parent!.Children.All(c => c == div || string.IsNullOrWhiteSpace(c.Text))
            ? div.InnerMarkup()
            : element.InnerMarkup();

    [GeneratedRegex(@"<[/!]?[a-z][^<>]*>|&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();
}
