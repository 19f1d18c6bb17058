using System.Buffers;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// Sets straight quotes, dashes, dots and primes as a printer would, by the conventions of WordPress's <c>wptexturize</c>.
/// Remembers what came before, so that one sentence may be fed in pieces with tags between them.
/// </summary>
internal sealed class Typesetter(QuoteMarks marks, bool encode = true)
{
    private static readonly string[] Clipped = ["tis", "twas", "twere", "twill", "tain’t", "til", "bout", "nuff", "round", "cause", "em", "n"];

    private static readonly SearchValues<char> Noticed = SearchValues.Create("\"'`-.,&<>x(0123456789");

    private char _previous;
    private int _open;
    private int _innerOpen;
    private bool _numeric;

    /// <summary>A new paragraph: no quote is open, nothing stands before.</summary>
    public void Reset()
    {
        _previous = '\0';
        _open = _innerOpen = 0;
        _numeric = false;
    }

    /// <summary>Something that is not set stands here (code, a picture): what follows it is inside a sentence.</summary>
    public void Skip() => _previous = 'x';

    /// <summary>Sets text and appends it. References (<c>&amp;amp;</c>) stay as written.</summary>
    public void Append(StringBuilder to, ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var plain = text[at..].IndexOfAny(Noticed);
            if (plain < 0) plain = text.Length - at;
            if (plain > 0)
            {
                to.Append(text.Slice(at, plain));
                at += plain;
                _previous = text[at - 1];
                _numeric = false;
                if (at == text.Length) break;
            }

            at += Set(to, text, at);
        }
    }

    private int Set(StringBuilder to, ReadOnlySpan<char> text, int at)
    {
        var c = text[at];
        switch (c)
        {
            case '"':
                return DoubleQuote(to, text, at, 1);
            case '\'':
                return text[at..].StartsWith("''", StringComparison.Ordinal) ? CloseDouble(to, 2) : SingleQuote(to, text, at, 1);
            case '`' when text[at..].StartsWith("``", StringComparison.Ordinal):
                return OpenDouble(to, 2);
            case '-':
                return Dash(to, text, at);
            case '.':
                return Dots(to, text, at);
            case '&' when encode:
                return Reference(to, text, at);
            case 'x' when _numeric && char.IsAsciiDigit(Next(text, at + 1)):
                to.Append('×');
                _previous = '×';
                return 1;
            case '(' when text[at..].StartsWith("(tm)", StringComparison.OrdinalIgnoreCase):
                to.Append('™');
                _previous = '™';
                return 4;
        }

        if (encode && c is '<' or '>') to.Append(c == '<' ? "&lt;" : "&gt;");
        else to.Append(c);
        _numeric = char.IsAsciiDigit(c) ? _numeric || !char.IsLetterOrDigit(_previous) && _previous is not ('.' or '#') && !(c == '0' && Next(text, at + 1) == 'x') : _numeric && c is '.' or ',';
        _previous = c;
        return 1;
    }

    private static char Next(ReadOnlySpan<char> text, int at) => at < text.Length ? text[at] : '\0';

    private bool Opens(char next) =>
        (_previous is '\0' or '(' or '[' or '{' or '/' or '-' or '–' or '—' or '“' or '‘' or '«' or '„' or '‚' or '¡' or '¿' || char.IsWhiteSpace(_previous))
        && !char.IsWhiteSpace(next);

    private int DoubleQuote(StringBuilder to, ReadOnlySpan<char> text, int at, int length)
    {
        var next = Next(text, at + length);
        if (Opens(next) && !(next == '\0' && _open > 0)) return OpenDouble(to, length);
        if (char.IsAsciiDigit(_previous) && _open == 0) return Mark(to, "″", length);
        return CloseDouble(to, length);
    }

    private int OpenDouble(StringBuilder to, int length)
    {
        _open++;
        Mark(to, marks.Open, length);
        _previous = '“';
        return length;
    }

    private int CloseDouble(StringBuilder to, int length)
    {
        if (_open > 0) _open--;
        return Mark(to, marks.Close, length);
    }

    private int SingleQuote(StringBuilder to, ReadOnlySpan<char> text, int at, int length)
    {
        var rest = text[(at + length)..];
        var next = Next(rest, 0);
        if (char.IsLetterOrDigit(_previous))
        {
            if (char.IsLetter(next)) return Mark(to, "’", length);
            if (char.IsAsciiDigit(_previous) && _innerOpen == 0 && next != '\0' && !char.IsLetterOrDigit(next)) return Mark(to, "′", length);
        }
        else if (Opens(next) && next != '\0' && !IsClipped(rest))
        {
            _innerOpen++;
            Mark(to, marks.InnerOpen, length);
            _previous = '‘';
            return length;
        }

        if (_innerOpen == 0 || IsClipped(rest)) return Mark(to, "’", length);
        _innerOpen--;
        return Mark(to, marks.InnerClose, length);
    }

    // ’90s, ’tis
    private static bool IsClipped(ReadOnlySpan<char> rest)
    {
        if (rest.Length >= 2 && char.IsAsciiDigit(rest[0]) && char.IsAsciiDigit(rest[1]) && !char.IsAsciiDigit(Next(rest, 2))) return true;
        foreach (var word in Clipped)
        {
            if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(Next(rest, word.Length))) return true;
        }

        return false;
    }

    private int Mark(StringBuilder to, string mark, int length)
    {
        to.Append(mark);
        _previous = '”';
        _numeric = false;
        return length;
    }

    private int Dash(StringBuilder to, ReadOnlySpan<char> text, int at)
    {
        var length = 1;
        while (Next(text, at + length) == '-') length++;
        var spaced = (_previous == '\0' || char.IsWhiteSpace(_previous)) && Next(text, at + length) is var next && (next == '\0' || char.IsWhiteSpace(next));
        var dash = length switch
        {
            1 => spaced && _previous != '\0' && Next(text, at + 1) != '\0' ? "–" : "-",
            2 => at >= 2 && text[(at - 2)..at].Equals("xn", StringComparison.OrdinalIgnoreCase) ? "--" : spaced ? "—" : "–",
            3 => "—",
            _ => null,
        };
        if (dash is null) to.Append('-', length);
        else to.Append(dash);
        _previous = '-';
        _numeric = false;
        return length;
    }

    private int Dots(StringBuilder to, ReadOnlySpan<char> text, int at)
    {
        var length = 1;
        while (Next(text, at + length) == '.') length++;
        if (length == 3) to.Append('…');
        else to.Append('.', length);
        _numeric = _numeric && length == 1;
        _previous = '.';
        return length;
    }

    private int Reference(StringBuilder to, ReadOnlySpan<char> text, int at)
    {
        var rest = text[at..];
        if (rest.StartsWith("&quot;", StringComparison.Ordinal)) return DoubleQuote(to, text, at, 6);
        if (rest.StartsWith("&#39;", StringComparison.Ordinal)) return SingleQuote(to, text, at, 5);
        if (rest.StartsWith("&#039;", StringComparison.Ordinal)) return SingleQuote(to, text, at, 6);
        var end = rest[..Math.Min(rest.Length, 34)].IndexOf(';');
        var length = end < 0 ? 1 : end + 1;
        to.Append(rest[..length]);
        _previous = rest[..length] is "&nbsp;" or "&#160;" ? ' ' : 'x';
        _numeric = false;
        return length;
    }
}
