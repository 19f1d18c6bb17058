namespace Broadsheet.Core.Text;

/// <summary>Pairs the stars of one paragraph: <c>*emphasis*</c>, <c>**strong**</c>. "2 * 3 * 4" and lists of stars stay as they are.</summary>
internal ref struct EmphasisMarks(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _emphasisEnd = -1;
    private int _strongEnd = -1;

    // Past these places no partner was found: not looked for again, so that the whole is one pass.
    private int _emphasisGivenUp;
    private int _strongGivenUp;

    /// <summary>Where the innermost open mark ends; nothing else may reach over it.</summary>
    public readonly int Limit => _emphasisEnd < 0 ? (_strongEnd < 0 ? _text.Length : _strongEnd) : _strongEnd < 0 ? _emphasisEnd : Math.Min(_emphasisEnd, _strongEnd);

    /// <param name="width">The length of the run of stars, whether or not it is a mark.</param>
    public bool ReadAt(int at, out string tag, out int width)
    {
        tag = "";
        width = 1;
        while (at + width < _text.Length && _text[at + width] == '*') width++;
        if (width > 2) return false;
        ref var end = ref (width == 2 ? ref _strongEnd : ref _emphasisEnd);
        if (end == at)
        {
            end = -1;
            tag = width == 2 ? "</strong>" : "</em>";
            return true;
        }

        if (end >= 0 || !Opens(at, width)) return false;
        ref var givenUp = ref (width == 2 ? ref _strongGivenUp : ref _emphasisGivenUp);
        if (at < givenUp) return false;
        var other = width == 2 ? _emphasisEnd : _strongEnd;
        var limit = other >= 0 ? other : _text.Length;
        var closing = FindClosing(at + width + 1, width, limit);
        if (closing < 0)
        {
            givenUp = limit;
            return false;
        }

        end = closing;
        tag = width == 2 ? "<strong>" : "<em>";
        return true;
    }

    private readonly bool Opens(int at, int width) =>
        at + width < _text.Length && !char.IsWhiteSpace(_text[at + width]) && (at == 0 || !char.IsLetterOrDigit(_text[at - 1]));

    private readonly int FindClosing(int from, int width, int limit)
    {
        for (var at = from; at < limit; at++)
        {
            if (_text[at] != '*') continue;
            var run = 1;
            while (at + run < limit && _text[at + run] == '*') run++;
            var next = at + run;
            if (run == width && !char.IsWhiteSpace(_text[at - 1]) && (next >= _text.Length || !char.IsLetterOrDigit(_text[next]))) return at;
            at += run - 1;
        }

        return -1;
    }
}
