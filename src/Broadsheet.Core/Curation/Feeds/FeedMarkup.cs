using Broadsheet.Core.Text;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>
/// A reader of XML that forgives: text before the declaration, unknown entities, missing end tags, bare ampersands, attributes without quotes.
/// One pass; declarations of a document type are skipped, whatever they say.
/// </summary>
internal ref struct FeedMarkup
{
    /// <summary>Elements and texts together.</summary>
    public const int MaxNodes = 300_000;

    public const int MaxDepth = 100;

    private const int LongestReference = 33;
    private readonly string _text;
    private int _at;
    private int _nodes;
    private int _line = 1;
    private int _counted;
    private FeedNode _open;

    private FeedMarkup(string text)
    {
        _text = text;
        _open = FeedNode.Document();
    }

    public static Outcome<FeedNode> Read(string text)
    {
        var reader = new FeedMarkup(text);
        var document = reader._open;
        while (reader._at < text.Length)
        {
            reader.ReadNext();
            if (reader._nodes > MaxNodes) return FeedReader.Wrong($"Line {reader.Line()}: there are more than {MaxNodes} elements.");
        }

        return document;
    }

    /// <summary>Elements of HTML that have no end tag and are no element of a feed.</summary>
    public static bool IsVoid(string name) => name is "br" or "hr" or "img" or "input" or "wbr";

    private void ReadNext()
    {
        if (_text[_at] != '<')
        {
            ReadText();
            return;
        }

        var rest = _text.AsSpan(_at);
        if (rest.StartsWith("<!--", StringComparison.Ordinal)) SkipTo("-->", 4);
        else if (rest.StartsWith("<![CDATA[", StringComparison.Ordinal)) ReadCharacters();
        else if (rest.StartsWith("<!", StringComparison.Ordinal)) SkipDeclaration();
        else if (rest.StartsWith("<?", StringComparison.Ordinal)) SkipTo(rest.StartsWith("<?xml", StringComparison.Ordinal) ? ">" : "?>", 2);
        else if (rest.Length > 2 && rest[1] == '/') ReadEndTag();
        else if (rest.Length > 1 && (char.IsLetter(rest[1]) || rest[1] == '_')) ReadStartTag();
        else ReadText();
    }

    private void ReadText()
    {
        var end = _text.IndexOf('<', _at + 1);
        if (end < 0) end = _text.Length;
        AddText(Decode(_text[_at..end]));
        _at = end;
    }

    private void ReadCharacters()
    {
        var from = _at + 9;
        var end = _text.IndexOf("]]>", from, StringComparison.Ordinal);
        AddText(end < 0 ? _text[from..] : _text[from..end]);
        _at = end < 0 ? _text.Length : end + 3;
    }

    private void AddText(string text)
    {
        if (_open.Depth == 0) return;
        _open.AddText(text);
        _nodes++;
    }

    private void SkipTo(string end, int from)
    {
        var at = _text.IndexOf(end, Math.Min(_at + from, _text.Length), StringComparison.Ordinal);
        _at = at < 0 ? _text.Length : at + end.Length;
    }

    /// <summary><c>&lt;!DOCTYPE … [ … ]&gt;</c>, unread.</summary>
    private void SkipDeclaration()
    {
        var close = _text.IndexOf('>', _at);
        var subset = close < 0 ? -1 : _text.IndexOf('[', _at, close - _at);
        if (subset >= 0)
        {
            for (var end = _text.IndexOf(']', subset); end >= 0; end = _text.IndexOf(']', end + 1))
            {
                close = end + 1;
                while (close < _text.Length && char.IsWhiteSpace(_text[close])) close++;
                if (close < _text.Length && _text[close] == '>') break;
            }
        }

        _at = close < 0 || close >= _text.Length ? _text.Length : close + 1;
    }

    private void ReadEndTag()
    {
        var end = _text.IndexOf('>', _at);
        if (end < 0) end = _text.Length;
        var name = LocalName(_text[(_at + 2)..end].Trim()).Local;
        _at = Math.Min(end + 1, _text.Length);
        for (var at = _open; at.Depth > 0; at = at.Parent!)
        {
            if (at.Name != name) continue;
            _open = at.Parent!;
            return;
        }
    }

    private void ReadStartTag()
    {
        var line = Line();
        _at++;
        var raw = ReadName();
        var (attributes, declared, closed) = ReadAttributes();
        var (prefix, name) = LocalName(raw);
        _nodes++;
        if (_open.Depth >= MaxDepth) return;
        string? address = null;
        if (declared?.TryGetValue(prefix, out address) != true)
            for (var at = _open; at is not null && address is null; at = at.Parent) at.Declared?.TryGetValue(prefix, out address);
        var element = _open.AddElement(name, FeedSpaces.Of(prefix, address), attributes, declared, line);
        if (!closed && !IsVoid(name)) _open = element;
    }

    private (Dictionary<string, string> Attributes, Dictionary<string, string>? Declared, bool Closed) ReadAttributes()
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        Dictionary<string, string>? declared = null;
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length) return (attributes, declared, Closed: true);
            if (_text[_at] == '>' || _text[_at] == '<')
            {
                if (_text[_at] == '>') _at++;
                return (attributes, declared, Closed: false);
            }

            if (_text[_at] == '/')
            {
                if (++_at >= _text.Length || _text[_at] != '>') continue;
                _at++;
                return (attributes, declared, Closed: true);
            }

            var name = ReadName().ToLowerInvariant();
            var value = ReadAttributeValue();
            if (name == "xmlns" || name.StartsWith("xmlns:", StringComparison.Ordinal)) (declared ??= new(StringComparer.Ordinal))[name.Length > 6 ? name[6..] : ""] = value;
            else if (name.Length > 0) attributes.TryAdd(name, value);
        }
    }

    private string ReadName()
    {
        var from = _at;
        while (_at < _text.Length && _text[_at] is not ('>' or '<' or '/' or '=') && !char.IsWhiteSpace(_text[_at])) _at++;
        if (_at == from && _at < _text.Length && _text[_at] == '=') _at++;
        return _text[from.._at].TrimEnd('=');
    }

    private string ReadAttributeValue()
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != '=') return "";
        _at++;
        SkipBlanks();
        if (_at >= _text.Length) return "";
        var from = _at;
        if (_text[_at] is '"' or '\'')
        {
            var end = _text.IndexOf(_text[_at], _at + 1);
            _at = end < 0 ? _text.Length : end + 1;
            return Decode(_text[(from + 1)..(end < 0 ? _text.Length : end)]).Trim();
        }

        while (_at < _text.Length && _text[_at] is not ('>' or '<') && !char.IsWhiteSpace(_text[_at])) _at++;
        return Decode(_text[from.._at]);
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private int Line()
    {
        _line += _text.AsSpan(_counted, _at - _counted).Count('\n');
        _counted = _at;
        return _line;
    }

    private static (string Prefix, string Local) LocalName(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        name = name.ToLowerInvariant();
        return colon < 0 ? ("", name) : (name[..colon], name[(colon + 1)..]);
    }

    /// <summary>References that end with a semicolon, HTML's names too; what stands for nothing stays as it is.</summary>
    private static string Decode(string text)
    {
        var at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0) return text;
        var to = new System.Text.StringBuilder(text.Length);
        var from = 0;
        for (; at >= 0; at = text.IndexOf('&', at + 1))
        {
            var end = text.IndexOf(';', at, Math.Min(LongestReference, text.Length - at));
            if (end < 0) continue;
            var reference = text[at..(end + 1)];
            if (reference.AsSpan(1).IndexOfAny('&', ' ', '<') >= 0) continue;
            to.Append(text, from, at - from).Append(PlainText.Decode(reference));
            (from, at) = (end + 1, end);
        }

        return to.Append(text, from, text.Length - from).ToString();
    }
}
