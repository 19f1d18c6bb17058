namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// Replaces by U+FFFD what XML 1.0 (production 2, Char) forbids: raw characters everywhere, and numeric references to them
/// or to surrogates, but not inside CDATA, comments and processing instructions, where a reference is plain text.
/// Works on blocks: what a block's end cuts is held until the next. Lines never move.
/// </summary>
internal sealed class XmlRepair
{
    /// <summary>The longest reference held; a longer one (leading zeros without end) is left as it is.</summary>
    public const int MaxHeld = 40;

    private const char Replacement = '\uFFFD';
    private readonly char[] _held = new char[MaxHeld];
    private int _heldCount;
    private string? _closing;
    private int _matched;
    private Opening _opening;

    public long Replaced { get; private set; }

    private enum Opening { None, Less, Bang, Dash, Cdata }

    /// <returns>How many characters were written to <paramref name="output"/>, which has room for <see cref="MaxHeld"/> more than the input.</returns>
    public int Repair(ReadOnlySpan<char> input, Span<char> output, bool last)
    {
        var written = 0;
        foreach (var raw in input)
        {
            var c = raw;
            if (IsForbidden(c))
            {
                c = Replacement;
                Replaced++;
            }

            if (_heldCount > 0)
            {
                if (Hold(c, output, ref written)) continue;
            }
            else if (c == '&' && _closing is null)
            {
                _held[_heldCount++] = c;
                continue;
            }

            if (_closing is null) Open(c);
            else Close(c);
            output[written++] = c;
        }

        if (last) Release(output, ref written);
        return written;
    }

    /// <summary>Goes on with a reference that has begun.</summary>
    /// <returns>False when <paramref name="c"/> is still to be written.</returns>
    private bool Hold(char c, Span<char> output, ref int written)
    {
        if (c == ';')
        {
            if (IsForbiddenReference(_held.AsSpan(0, _heldCount)))
            {
                output[written++] = Replacement;
                Replaced++;
                _heldCount = 0;
                return true;
            }

            Release(output, ref written);
            return false;
        }

        if (_heldCount < MaxHeld && (char.IsAsciiLetterOrDigit(c) || c == '#'))
        {
            _held[_heldCount++] = c;
            return true;
        }

        Release(output, ref written);
        if (c != '&') return false;
        _held[_heldCount++] = c;
        return true;
    }

    private void Release(Span<char> output, ref int written)
    {
        _held.AsSpan(0, _heldCount).CopyTo(output[written..]);
        written += _heldCount;
        _heldCount = 0;
    }

    /// <summary>Sees where text that is no markup begins.</summary>
    private void Open(char c)
    {
        const string cdata = "[CDATA[";
        switch (_opening)
        {
            case Opening.Less when c == '?': Enter("?>"); return;
            case Opening.Less when c == '!': _opening = Opening.Bang; return;
            case Opening.Bang when c == '-': _opening = Opening.Dash; return;
            case Opening.Bang when c == '[': (_opening, _matched) = (Opening.Cdata, 1); return;
            case Opening.Dash when c == '-': Enter("-->"); return;
            case Opening.Cdata when c == cdata[_matched]:
                if (++_matched == cdata.Length) Enter("]]>");
                return;
            default: _opening = c == '<' ? Opening.Less : Opening.None; return;
        }
    }

    private void Enter(string closing) => (_closing, _matched, _opening) = (closing, 0, Opening.None);

    private void Close(char c)
    {
        if (c == _closing![_matched])
        {
            if (++_matched == _closing.Length) (_closing, _matched) = (null, 0);
        }
        else if (_matched < 2 || c != _closing[0] || _closing[0] == '?')
        {
            // "]]]>" and "--->" still close: only a run of the first character keeps two matched.
            _matched = c == _closing[0] ? 1 : 0;
        }
    }

    private static bool IsForbidden(char c) => c < ' ' ? c is not ('\t' or '\n' or '\r') : c >= '\uFFFE';

    private static bool IsForbiddenReference(ReadOnlySpan<char> reference)
    {
        if (reference.Length < 3 || reference[1] != '#') return false;
        var hex = reference[2] == 'x';
        var digits = reference[(hex ? 3 : 2)..].TrimStart('0');
        if (digits.Length > 8) return false;
        if (digits.IsEmpty) return reference[^1] == '0';
        var style = hex ? System.Globalization.NumberStyles.AllowHexSpecifier : System.Globalization.NumberStyles.None;
        if (!long.TryParse(digits, style, System.Globalization.CultureInfo.InvariantCulture, out var code)) return false;
        return code is < ' ' and not ('\t' or '\n' or '\r') or (>= 0xD800 and <= 0xDFFF) or 0xFFFE or 0xFFFF or > 0x10FFFF;
    }
}
