using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Broadsheet.Web.Mail;

/// <summary>What a letter says, once: from it come the plain text, which is made to be read, and an HTML of nothing but structure (no colours, no pictures, nothing that is fetched).</summary>
internal sealed class LetterBody
{
    private const int Width = 72;   // format=flowed, RFC 3676: lines are short, and a reader's program may join them again

    /// <summary>Letters of all scripts stay letters.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly List<Block> _blocks = [];

    private enum Shape
    {
        Words,
        Heading,
        Quote,
        Link,
        Foot,
    }

    public LetterBody Say(string text) => Add(Shape.Words, text);

    public LetterBody Heading(string text) => Add(Shape.Heading, text);

    /// <summary>Someone's words, with their line breaks.</summary>
    public LetterBody Quote(string text) => Add(Shape.Quote, text);

    public LetterBody Link(string label, string url) => Add(Shape.Link, label, url);

    /// <summary>A small line at the end; with an address, what it is for comes first.</summary>
    public LetterBody Foot(string text, string? url = null) => Add(Shape.Foot, text, url);

    public string Text()
    {
        var text = new StringBuilder();
        var wasFoot = false;
        foreach (var (shape, words, url) in _blocks)
        {
            if (shape == Shape.Foot && !wasFoot) text.Append("-- \n");
            wasFoot = shape == Shape.Foot;
            foreach (var line in words.Split('\n')) Flow(text, shape == Shape.Quote ? "> " : "", line + (url is null ? "" : ":"));
            if (url is not null) text.Append(url).Append('\n');
            if (!wasFoot || url is not null) text.Append('\n');
        }
        return text.ToString().TrimEnd() + "\n";
    }

    public string Html(string language, bool isRightToLeft, string title)
    {
        var html = new StringBuilder($"""
            <!doctype html>
            <html lang="{Encode(language)}" dir="{(isRightToLeft ? "rtl" : "ltr")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>{Encode(title)}</title></head>
            <body style="font-family:Georgia,serif;font-size:17px;line-height:1.5;max-width:36em;margin:0 auto;padding:1em">

            """);
        var wasFoot = false;
        foreach (var block in _blocks)
        {
            if (block.Shape == Shape.Foot && !wasFoot) html.Append("<hr>\n");
            wasFoot = block.Shape == Shape.Foot;
            Append(html, block);
        }
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder html, Block block)
    {
        var (shape, words, url) = block;
        var inner = Encode(words).ReplaceLineEndings("<br>\n");
        if (url is not null) inner = shape == Shape.Foot ? $"<a href=\"{Encode(url)}\">{inner}</a>" : $"<a href=\"{Encode(url)}\"><strong>{inner}</strong></a>";
        html.Append(shape switch
        {
            Shape.Heading => $"<h2 style=\"font-size:1.15em;margin:1.6em 0 .4em\">{inner}</h2>\n",
            Shape.Quote => $"<blockquote style=\"margin:0 0 1em;padding:0 0 0 1em;border-left:2px solid\">{inner}</blockquote>\n",
            Shape.Foot => $"<p style=\"font-size:.85em;margin:.4em 0\">{inner}</p>\n",
            _ => $"<p style=\"margin:0 0 1em\">{inner}</p>\n",
        });
    }

    /// <summary>Broken at spaces, each line but the last ending in one: programs that know the format join them again.</summary>
    private static void Flow(StringBuilder text, string prefix, string line)
    {
        line = line.TrimEnd();
        while (line.Length > Width && line.LastIndexOf(' ', Width - prefix.Length) is > 0 and var at)
        {
            text.Append(prefix).Append(Stuffed(prefix, line[..at])).Append(" \n");
            line = line[(at + 1)..].TrimStart(' ');
        }
        text.Append(prefix).Append(Stuffed(prefix, line)).Append('\n');
    }

    /// <summary>A line that might be taken for a quote or for the beginning of another mail gets a space (RFC 3676 §4.4).</summary>
    private static string Stuffed(string prefix, string line) => prefix.Length == 0 && (line.StartsWith(' ') || line.StartsWith('>') || line.StartsWith("From ", StringComparison.Ordinal)) ? $" {line}" : line;

    private static string Encode(string text) => Encoder.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);

    /// <summary>No control characters but line breaks, and none that turn the direction of what follows.</summary>
    private LetterBody Add(Shape shape, string text, string? url = null)
    {
        text = BidiControls.Strip(text.ReplaceLineEndings("\n"));
        _blocks.Add(new Block(shape, string.Concat(text.Select(c => c == '\t' ? ' ' : c).Where(c => c == '\n' || !char.IsControl(c))).Trim(), url));
        return this;
    }

    private sealed record Block(Shape Shape, string Words, string? Url);
}
