using System.Text;
using AngleSharp.Html;

namespace Broadsheet.Core.Text;

/// <summary>The words of markup without the markup: for excerpts, search, feeds and the screening of comments.</summary>
public static class PlainText
{
    private const int LongestEntity = 33;
    private const string Placeholder = $"class=\"{MarkupPolicy.MissingMediaClass}\"";

    /// <summary>
    /// The visible text: tags and comments gone, entities decoded, white space folded to single spaces, block elements apart.
    /// Never throws; one pass, for any input.
    /// </summary>
    public static string Of(string html) => Read(html, skipPlaceholders: false);

    /// <summary>The visible text of sanitised markup, without the placeholders for missing media.</summary>
    public static string Of(SafeHtml html) => Read(html.Value, skipPlaceholders: true);

    private static string Read(string html, bool skipPlaceholders)
    {
        var text = new StringBuilder(html.Length);
        var scanner = new MarkupScanner(html);
        while (scanner.Read())
        {
            switch (scanner.Token)
            {
                case MarkupToken.Text:
                    Append(text, scanner.Inner);
                    break;
                case MarkupToken.StartTag when scanner.Tag is { } tag && tag.Is(TagTraits.RawText):
                    scanner.ReadRawContent(tag.Name);
                    break;
                case MarkupToken.StartTag when skipPlaceholders && scanner.Tag is { Name: "span" } && scanner.Inner.Contains(Placeholder, StringComparison.Ordinal):
                    scanner.ReadRawContent("span");
                    break;
                case MarkupToken.StartTag or MarkupToken.EndTag when scanner.Tag is { } tag && Parts(tag):
                    Space(text);
                    break;
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Decodes character references as a browser does, those without a semicolon too.</summary>
    internal static string Decode(string text)
    {
        if (!text.Contains('&', StringComparison.Ordinal)) return text;
        var decoded = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (true)
        {
            var at = rest.IndexOf('&');
            if (at < 0) break;
            decoded.Append(rest[..at]);
            rest = rest[at..];
            rest = rest[AppendReference(decoded, rest)..];
        }

        return decoded.Append(rest).ToString();
    }

    /// <summary>Appends what the reference at the start stands for, and gives its length; a lone ampersand stands for itself.</summary>
    private static int AppendReference(StringBuilder to, ReadOnlySpan<char> text)
    {
        if (text.Length > 2 && text[1] == '#') return AppendNumber(to, text);
        var length = 1;
        while (length < text.Length && length < LongestEntity && char.IsAsciiLetterOrDigit(text[length])) length++;
        if (length < text.Length && text[length] == ';' && HtmlEntityProvider.Resolver.GetSymbol(text[1..(length + 1)].ToString()) is { } symbol)
        {
            to.Append(symbol);
            return length + 1;
        }

        // The old names (&amp &lt &nbsp …) count without a semicolon.
        for (var shorter = Math.Min(length, 7); shorter > 2; shorter--)
        {
            if (HtmlEntityProvider.Resolver.GetSymbol(text[1..shorter].ToString()) is not { } old) continue;
            to.Append(old);
            return shorter;
        }

        to.Append('&');
        return 1;
    }

    private static int AppendNumber(StringBuilder to, ReadOnlySpan<char> text)
    {
        var hex = text[2] is 'x' or 'X';
        var at = hex ? 3 : 2;
        var from = at;
        var number = 0;
        while (at < text.Length && (hex ? char.IsAsciiHexDigit(text[at]) : char.IsAsciiDigit(text[at])))
        {
            if (number <= 0x10FFFF) number = number * (hex ? 16 : 10) + Convert.ToInt32(text[at].ToString(), 16);
            at++;
        }

        if (at == from)
        {
            to.Append('&');
            return 1;
        }

        if (HtmlEntityProvider.GetSymbolFromTable(number) is { } old) to.Append(old);
        else if (Rune.IsValid(number) && number != 0) to.Append(new Rune(number).ToString());
        else to.Append('\uFFFD');
        return at < text.Length && text[at] == ';' ? at + 1 : at;
    }

    private static bool Parts(HtmlTag tag) => tag.Is(TagTraits.ClosesParagraph | TagTraits.TablePart) || tag.Name is "br" or "img";

    private static void Append(StringBuilder text, ReadOnlySpan<char> raw)
    {
        var decoded = raw.Contains('&') ? Decode(raw.ToString()) : raw;
        foreach (var c in decoded)
        {
            if (char.IsWhiteSpace(c) || c == '\0') Space(text);
            else text.Append(c);
        }
    }

    private static void Space(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
    }
}
