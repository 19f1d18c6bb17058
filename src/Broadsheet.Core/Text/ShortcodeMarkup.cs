using System.Collections.Frozen;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>What each known shortcode is replaced by.</summary>
internal static class ShortcodeMarkup
{
    private delegate string? Writer(ShortcodeArguments arguments, string content, RenderContext context);

    private static readonly FrozenSet<string> Enclosing = new[] { "caption", "wp_caption", "code", "sourcecode", "embed", "audio", "video" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Writer> Writers = new Dictionary<string, Writer>(StringComparer.Ordinal)
    {
        ["caption"] = static (a, content, _) => Caption(a, content),
        ["wp_caption"] = static (a, content, _) => Caption(a, content),
        ["gallery"] = static (a, _, context) => GalleryMarkup.Pictures(a, context),
        ["slideshow"] = static (a, _, context) => GalleryMarkup.Pictures(a, context),
        ["playlist"] = static (a, _, context) => GalleryMarkup.Playlist(a, context),
        ["audio"] = static (a, content, context) => PlayerMarkup.Audio(a, content, context),
        ["video"] = static (a, content, context) => PlayerMarkup.Video(a, content, context),
        ["embed"] = static (a, content, _) => Link(content.Length > 0 ? PlainText.Of(content) : First(a, "src")),
        ["code"] = static (_, content, _) => Code(content),
        ["sourcecode"] = static (_, content, _) => Code(content),
        ["youtube"] = static (a, _, _) => Of(a, "https://www.youtube.com/watch?v={0}"),
        ["vimeo"] = static (a, _, _) => Of(a, "https://vimeo.com/{0}"),
        ["dailymotion"] = static (a, _, _) => Of(a, "https://www.dailymotion.com/video/{0}"),
        ["ted"] = static (a, _, _) => Of(a, "https://www.ted.com/talks/{0}"),
        ["archiveorg"] = static (a, _, _) => Of(a, "https://archive.org/details/{0}"),
        ["wpvideo"] = static (a, _, _) => Of(a, "https://videopress.com/v/{0}"),
        ["videopress"] = static (a, _, _) => Of(a, "https://videopress.com/v/{0}"),
        ["spotify"] = static (a, _, _) => Of(a, null),
        ["soundcloud"] = static (a, _, _) => Of(a, null),
        ["bandcamp"] = static (a, _, _) => Of(a, null),
        ["googlemaps"] = static (a, _, _) => Of(a, null),
        ["instagram"] = static (a, _, _) => Of(a, null),
        ["tweet"] = static (a, _, _) => Of(a, "https://twitter.com/i/status/{0}"),
        ["flickr"] = static (a, _, _) => Of(a, null),
        ["gist"] = static (a, _, _) => Of(a, "https://gist.github.com/{0}"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Knows(string name) => Writers.ContainsKey(name);

    public static bool Encloses(string name) => Enclosing.Contains(name);

    /// <summary>Null when this use of the shortcode says nothing we can show: it stays as text.</summary>
    public static string? Write(string name, ShortcodeArguments arguments, string content, RenderContext context) => Writers[name](arguments, content, context);

    private static string First(ShortcodeArguments arguments, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (arguments[name].Length > 0) return arguments[name];
        }

        return arguments.Values.Count > 0 ? arguments.Values[0] : "";
    }

    private static string? Link(string address) => EmbedLines.Paragraph(address.Trim()) is { Length: > 0 } paragraph ? paragraph : null;

    // An address, or an id of the service.
    private static string? Of(ShortcodeArguments arguments, string? pattern)
    {
        var value = First(arguments, "url", "id", "src", "video").Trim();
        if (value.StartsWith("//", StringComparison.Ordinal) || value.Contains("://", StringComparison.Ordinal)) return Link(value);
        return pattern is null || value.Length is 0 or > 100 || !value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/')
            ? null
            : Link(pattern.Replace("{0}", value, StringComparison.Ordinal));
    }

    private static string Code(string content)
    {
        var code = new StringBuilder("\n\n<pre><code>");
        CommentCode.Escape(code, content.Trim('\n', '\r'));
        return code.Append("</code></pre>\n\n").ToString();
    }

    private static string? Caption(ShortcodeArguments arguments, string content)
    {
        var split = EndOfPicture(content);
        var words = arguments["caption"] is { Length: > 0 } given ? given : content[split..].Trim();
        var picture = arguments["caption"].Length > 0 && split == 0 ? content : content[..split];
        if (picture.Trim().Length == 0) return content.Length == 0 ? null : content;
        if (words.Length == 0) return picture;
        var figure = new StringBuilder("\n\n<figure class=\"wp-caption ");
        MarkupWriter.Escape(figure, arguments["align"] is { Length: > 0 } align ? align : "alignnone", quote: true);
        return figure.Append("\">").Append(picture.Trim()).Append("<figcaption class=\"wp-caption-text\">").Append(words).Append("</figcaption></figure>\n\n").ToString();
    }

    // After the picture, and after the link round it.
    private static int EndOfPicture(string content)
    {
        var end = 0;
        var scanner = new MarkupScanner(content);
        while (scanner.Read())
        {
            if (end == 0)
            {
                if (scanner is { Token: MarkupToken.StartTag, Tag.Name: "img" or "iframe" or "video" or "object" or "embed" }) end = scanner.Position;
            }
            else if (scanner is { Token: MarkupToken.EndTag, Tag.Name: "a" or "iframe" or "video" or "object" }) return scanner.Position;
            else if (scanner.Token != MarkupToken.Text || !scanner.Inner.Trim().IsEmpty) break;
        }

        return end;
    }
}
