using System.Net;

namespace Broadsheet.Core.Publishing;

/// <summary>Finds the address in the inside of an <c>a</c> start tag.</summary>
internal static class CreditLineLink
{
    /// <returns>The decoded value of <c>href</c>, or null without one.</returns>
    public static string? Of(string tag)
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
