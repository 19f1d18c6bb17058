namespace Broadsheet.Core.Text;

/// <summary>Finds web addresses that stand in running text.</summary>
internal static class BareAddress
{
    /// <summary>The length of the address that begins here, or 0. References (<c>&amp;amp;</c>) in it stay as written.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] is not ('h' or 'H' or 'w' or 'W') || at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '@' or '/' or '.' or '-' or '_')) return 0;
        var rest = text[at..];
        var prefix = rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        if (prefix == 0) return 0;
        var length = Trim(rest[..End(rest, prefix)], prefix);
        if (length <= prefix || !char.IsLetterOrDigit(rest[prefix]) && rest[prefix] != '[') return 0;
        return prefix != 4 || rest[4..length].Contains('.') ? length : 0;
    }

    public static string Absolute(string written) => written.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "http://" + written : written;

    private static int End(ReadOnlySpan<char> rest, int from)
    {
        var at = from;
        while (at < rest.Length && at < SafeAddress.MaxLength)
        {
            var c = rest[at];
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or '`' or (>= '\u2018' and <= '\u201F') or '\u2026' or (>= '\u3000' and <= '\u3020') or (>= '\uFF01' and <= '\uFF0F')) break;
            if (c == '&' && rest[at..] is var tail && (tail.StartsWith("&lt;", StringComparison.Ordinal) || tail.StartsWith("&gt;", StringComparison.Ordinal)
                || tail.StartsWith("&quot;", StringComparison.Ordinal) || tail.StartsWith("&nbsp;", StringComparison.Ordinal) || tail.StartsWith("&#", StringComparison.Ordinal))) break;
            at++;
        }

        return at;
    }

    // A full stop at the end belongs to the sentence, a bracket to whoever opened it.
    private static int Trim(ReadOnlySpan<char> address, int least)
    {
        var open = address.Count('(') - address.Count(')');
        var end = address.Length;
        while (end > least)
        {
            var c = address[end - 1];
            if (c == ')' && open < 0) open++;
            else if (c is not ('.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '_' or '~' or ']' or '}')) break;
            end--;
        }

        return end;
    }
}
