namespace Broadsheet.Core.Text;

/// <summary>Finds for a run of backticks the next run of the same width in its paragraph (as CommonMark §6.1 does). Linear over a text.</summary>
internal sealed class BacktickPairs(string text)
{
    private const int MaxWidth = 3;

    // Where the search for a partner of this width has already failed.
    private readonly int[] _givenUp = new int[MaxWidth + 1];
    private int _paragraphEnd = -1;

    /// <summary>The place of the closing run, or -1; <paramref name="width"/> is the length of the run that opens.</summary>
    public int Closing(int at, out int width)
    {
        width = Run(at);
        if (at >= _paragraphEnd)
        {
            _paragraphEnd = text.IndexOf("\n\n", at, StringComparison.Ordinal);
            if (_paragraphEnd < 0) _paragraphEnd = text.Length;
        }

        if (width > MaxWidth || at < _givenUp[width]) return -1;
        for (var next = at + width; next < _paragraphEnd; next++)
        {
            var found = text.AsSpan(next, _paragraphEnd - next).IndexOf('`');
            if (found < 0) break;
            next += found;
            var run = Run(next);
            if (run == width) return next;
            next += run - 1;
        }

        _givenUp[width] = _paragraphEnd;
        return -1;
    }

    private int Run(int at)
    {
        var length = 1;
        while (at + length < text.Length && text[at + length] == '`') length++;
        return length;
    }
}
