namespace Broadsheet.Core.Text;

/// <summary>Reads <c>name="value"</c> pairs by the rules of the HTML tokenizer (WHATWG HTML §13.2.5.32–39); values stay as written.</summary>
internal ref struct AttributeReader(ReadOnlySpan<char> text, bool stopAtTagEnd = false)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly bool _stopAtTagEnd = stopAtTagEnd;

    public ReadOnlySpan<char> Name { get; private set; }
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether the "&gt;" of the tag was met; <see cref="Position"/> is its place.</summary>
    public bool Ended { get; private set; }

    public int Position { get; private set; }

    public bool Read()
    {
        while (Position < _text.Length && (MarkupScanner.IsSpace(_text[Position]) || _text[Position] == '/')) Position++;
        if (AtEnd()) return false;
        var from = Position++;
        while (Position < _text.Length && !MarkupScanner.IsSpace(_text[Position]) && _text[Position] is not ('/' or '=') && !IsTagEnd()) Position++;
        Name = _text[from..Position];
        Value = default;
        SkipSpaces();
        if (Position < _text.Length && _text[Position] == '=') return ReadValue();
        return true;
    }

    private bool ReadValue()
    {
        Position++;
        SkipSpaces();
        if (AtEnd()) return true;
        var quote = _text[Position];
        if (quote is '"' or '\'')
        {
            var length = _text[(Position + 1)..].IndexOf(quote);
            if (length < 0)
            {
                Value = _text[(Position + 1)..];
                Position = _text.Length;
                return true;
            }

            Value = _text.Slice(Position + 1, length);
            Position += length + 2;
            return true;
        }

        var from = Position;
        while (Position < _text.Length && !MarkupScanner.IsSpace(_text[Position]) && !IsTagEnd()) Position++;
        Value = _text[from..Position];
        return true;
    }

    private readonly bool IsTagEnd() => _stopAtTagEnd && _text[Position] == '>';

    private bool AtEnd()
    {
        if (Position >= _text.Length) return true;
        Ended = IsTagEnd();
        return Ended;
    }

    private void SkipSpaces()
    {
        while (Position < _text.Length && MarkupScanner.IsSpace(_text[Position])) Position++;
    }
}
