using System.Net;

namespace Broadsheet.Core.Publishing;

/// <summary>An HTML tag at the head of a body.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Link">The decoded <c>href</c> of an <c>a</c>, or null.</param>
internal sealed record CreditLineTag(string Name, bool Closes, string? Link)
{
    /// <summary>Reads the tag at a place and moves the place behind it; null, and no move, where none stands.</summary>
    public static CreditLineTag? Read(string text, ref int at)
    {
        if (at >= text.Length || text[at] != '<') return null;
        var end = End(text, at);
        if (end < 0) return null;
        var inside = text[(at + 1)..end];
        var closes = inside.StartsWith('/');
        var name = new string([.. inside.Skip(closes ? 1 : 0).TakeWhile(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        if (name.Length == 0) return null;
        at = end + 1;
        return new CreditLineTag(name, closes, name == "a" ? LinkIn(inside) : null);
    }

    private static int End(string text, int at)
    {
        var quote = '\0';
        for (var i = at + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '>') return i;
            else if (c == '<') return -1;
        }

        return -1;
    }

    private static string? LinkIn(string tag)
    {
        for (var at = 1; at < tag.Length;)
        {
            while (at < tag.Length && (char.IsWhiteSpace(tag[at]) || tag[at] == '/')) at++;
            var nameStart = at;
            while (at < tag.Length && !char.IsWhiteSpace(tag[at]) && tag[at] is not ('=' or '/')) at++;
            var name = tag[nameStart..at];
            while (at < tag.Length && char.IsWhiteSpace(tag[at])) at++;
            if (at >= tag.Length || tag[at] != '=')
            {
                if (at == nameStart) at++;
                continue;
            }

            at++;
            var value = Value(tag, ref at);
            if (name.Equals("href", StringComparison.OrdinalIgnoreCase)) return WebUtility.HtmlDecode(value).Trim();
        }

        return null;
    }

    private static string Value(string tag, ref int at)
    {
        while (at < tag.Length && char.IsWhiteSpace(tag[at])) at++;
        if (at >= tag.Length) return "";
        if (tag[at] is '"' or '\'')
        {
            var end = tag.IndexOf(tag[at], at + 1);
            if (end < 0) end = tag.Length;
            var quoted = tag[(at + 1)..end];
            at = Math.Min(end + 1, tag.Length);
            return quoted;
        }

        var start = at;
        while (at < tag.Length && !char.IsWhiteSpace(tag[at])) at++;
        return tag[start..at];
    }
}
