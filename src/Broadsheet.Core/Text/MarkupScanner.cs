namespace Broadsheet.Core.Text;

internal enum MarkupToken
{
    End,
    Text,
    StartTag,
    EndTag,
    Comment,
}

/// <summary>
/// Splits markup into text, tags and comments by the rules of the HTML tokenizer (WHATWG HTML §13.2.5), without allocating
/// and in one pass. It decodes nothing. A tag that never ends is text, since people write "a &lt;b" and mean it.
/// </summary>
internal ref struct MarkupScanner(string markup, int start = 0)
{
    // Each unfinished tag is searched to the end of the text once; after this many, every "<" is text (else O(n²)).
    private const int MaxUnfinished = 8;

    private readonly string _markup = markup;
    private int _next = start;
    private int _unfinished;

    public int Start { get; private set; }
    public MarkupToken Token { get; private set; }

    /// <summary>The element, or null when no such element is known.</summary>
    public HtmlTag? Tag { get; private set; }

    public bool SelfClosing { get; private set; }

    /// <summary>The whole token as written.</summary>
    public readonly ReadOnlySpan<char> Raw => _markup.AsSpan(Start, _next - Start);

    /// <summary>Of a start tag: what stands between its name and its end. Of a comment: its text.</summary>
    public ReadOnlySpan<char> Inner { get; private set; }

    public readonly int Position => _next;

    public bool Read()
    {
        Start = _next;
        Tag = null;
        if (_next >= _markup.Length)
        {
            Token = MarkupToken.End;
            return false;
        }

        if (_markup[_next] == '<' && ReadMarkup()) return true;
        ReadText();
        return true;
    }

    /// <summary>After a start tag whose content is not markup: the content, up to its end tag (which is consumed) or the end.</summary>
    public ReadOnlySpan<char> ReadRawContent(string name)
    {
        var from = _next;
        var at = from;
        while (true)
        {
            var found = _markup.AsSpan(at).IndexOf("</", StringComparison.Ordinal);
            if (found < 0) break;
            at += found;
            var after = at + 2 + name.Length;
            if (after <= _markup.Length && _markup.AsSpan(at + 2, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase)
                && (after == _markup.Length || _markup[after] is '>' or '/' || IsSpace(_markup[after])))
            {
                var close = _markup.IndexOf('>', after);
                _next = close < 0 ? _markup.Length : close + 1;
                return _markup.AsSpan(from, at - from);
            }

            at += 2;
        }

        _next = _markup.Length;
        return _markup.AsSpan(from);
    }

    public static bool IsSpace(char c) => c is ' ' or '\n' or '\t' or '\r' or '\f';

    private void ReadText()
    {
        // A "<" that opens nothing belongs to the text.
        var at = _next + 1;
        while (at < _markup.Length)
        {
            var found = _markup.AsSpan(at).IndexOf('<');
            if (found < 0)
            {
                at = _markup.Length;
                break;
            }

            at += found;
            if (CanOpen(at)) break;
            at++;
        }

        Token = MarkupToken.Text;
        _next = at;
        Inner = Raw;
    }

    private readonly bool CanOpen(int at) =>
        at + 1 < _markup.Length && (char.IsAsciiLetter(_markup[at + 1]) || _markup[at + 1] is '/' or '!' or '?');

    private bool ReadMarkup()
    {
        if (!CanOpen(_next)) return false;
        var c = _markup[_next + 1];
        if (c is '!' or '?') return ReadComment();
        if (c != '/') return ReadTag(_next + 1, MarkupToken.StartTag);
        if (_next + 2 >= _markup.Length) return false;
        return char.IsAsciiLetter(_markup[_next + 2]) ? ReadTag(_next + 2, MarkupToken.EndTag) : ReadBogusComment(_next + 2);
    }

    private bool ReadComment()
    {
        var text = _markup.AsSpan();
        if (!text[_next..].StartsWith("<!--", StringComparison.Ordinal)) return ReadBogusComment(_next + 2);
        var from = _next + 4;
        if (text[from..].StartsWith(">", StringComparison.Ordinal)) return EndComment(from, from, from + 1);
        if (text[from..].StartsWith("->", StringComparison.Ordinal)) return EndComment(from, from, from + 2);
        var at = from;
        while (true)
        {
            var found = text[at..].IndexOf("--", StringComparison.Ordinal);
            if (found < 0) return EndComment(from, _markup.Length, _markup.Length);
            at += found;
            var rest = text[(at + 2)..];
            if (rest.StartsWith(">", StringComparison.Ordinal)) return EndComment(from, at, at + 3);
            if (rest.StartsWith("!>", StringComparison.Ordinal)) return EndComment(from, at, at + 4);
            at++;
        }
    }

    private bool ReadBogusComment(int from)
    {
        var close = _markup.IndexOf('>', from);
        return close < 0 ? EndComment(from, _markup.Length, _markup.Length) : EndComment(from, close, close + 1);
    }

    private bool EndComment(int from, int to, int next)
    {
        Token = MarkupToken.Comment;
        Inner = _markup.AsSpan(from, to - from);
        _next = next;
        return true;
    }

    private bool ReadTag(int nameStart, MarkupToken token)
    {
        if (_unfinished >= MaxUnfinished) return false;
        var at = nameStart;
        while (at < _markup.Length && _markup[at] is not ('>' or '/') && !IsSpace(_markup[at])) at++;
        var name = _markup.AsSpan(nameStart, at - nameStart);
        var attributes = at;
        var end = EndOfTag(at);
        if (end < 0)
        {
            _unfinished++;
            return false;
        }

        Token = token;
        Tag = HtmlTag.Find(name);
        SelfClosing = _markup[end - 1] == '/' && end > at;
        Inner = _markup.AsSpan(attributes, end - attributes);
        _next = end + 1;
        return true;
    }

    private readonly int EndOfTag(int at)
    {
        var reader = new AttributeReader(_markup.AsSpan(at), stopAtTagEnd: true);
        while (reader.Read())
        {
        }

        return reader.Ended ? at + reader.Position : -1;
    }
}
