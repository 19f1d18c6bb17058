using System.Net;
using System.Text;

namespace Broadsheet.Core.Publishing;

/// <summary>
/// The first line of a body as its reader sees it: the words, which of them are marked out (link or emphasis), the one
/// link, and what remains of the body without it. Looks at no more than 2,000 characters.
/// </summary>
internal sealed class CreditLineOpening
{
    private const int MaxLooked = 2000;
    private const int MaxWords = 200;
    private readonly string _body;
    private readonly string _head;
    private readonly StringBuilder _text = new();
    private readonly List<bool> _marked = [];
    private readonly Stack<string> _open = new();
    private int _at;
    private int _contentStart;
    private string _blockComment = "";
    private string _block = "";

    private CreditLineOpening(string body)
    {
        _body = body;
        _head = body.Length > MaxLooked ? body[..MaxLooked] : body;
    }

    /// <summary>The words, blanks collapsed to one space except at the ends.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The address of the line's one link as written (references decoded), or null.</summary>
    public string? Link { get; private set; }

    /// <summary>The body without the line.</summary>
    public string Rest { get; private set; } = "";

    /// <summary>Whether every letter of the first <paramref name="length"/> characters of <see cref="Text"/> is linked or emphasised.</summary>
    public bool IsMarked(int length)
    {
        for (var i = 0; i < length; i++)
            if (!_marked[i] && !char.IsWhiteSpace(Text[i])) return false;
        return true;
    }

    /// <returns>Null when the body does not open with one line of plain words, links and emphasis.</returns>
    public static CreditLineOpening? Read(string body)
    {
        var opening = new CreditLineOpening(body);
        return opening.ReadStart() && opening.ReadLine() ? opening : null;
    }

    private bool ReadStart()
    {
        SkipBlanks();
        if (At("<!--"))
        {
            var end = _head.IndexOf("-->", _at + "<!--".Length, StringComparison.Ordinal);
            if (end < 0) return false;
            var words = _head[(_at + 4)..end].Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0] is not ("wp:paragraph" or "wp:heading") || words[^1] == "/") return false;
            _blockComment = words[0];
            _at = end + 3;
            SkipBlanks();
        }

        var (start, tag) = (_at, ReadTag());
        if (tag is { Closes: false } && IsBlock(tag.Name)) _block = tag.Name;
        else _at = start;
        _contentStart = _at;
        SkipBlanks();
        return true;
    }

    private bool ReadLine()
    {
        while (_text.Length <= MaxWords)
        {
            if (_at >= _head.Length) return _body.Length == _head.Length && _open.Count == 0 && Finish(closed: true);
            if (_head[_at] == '\n' && _text.Length > 0) return _open.Count == 0 && Finish(closed: false);
            if (_head[_at] != '<')
            {
                ReadWords();
                continue;
            }

            if (_block.Length == 0 && (At("<!--") || IsBlockAhead())) return _open.Count == 0 && _text.Length > 0 && Finish(closed: false);
            if (ReadTag() is not { } tag) return false;
            if (tag.Name == "br") return _open.Count == 0 && Finish(closed: false);
            if (tag.Closes && tag.Name == _block) return _open.Count == 0 && Finish(closed: true);
            if (!TakeInline(tag)) return false;
        }

        return false;
    }

    private bool IsBlockAhead()
    {
        var (start, tag) = (_at, ReadTag());
        _at = start;
        return tag is { Closes: false } && (IsBlock(tag.Name) || tag.Name is "blockquote" or "ul" or "ol" or "figure" or "table" or "hr");
    }

    private void ReadWords()
    {
        var end = _head.AsSpan(_at).IndexOfAny('<', '\n');
        if (end == 0) end = 1;
        var raw = end < 0 ? _head[_at..] : _head.Substring(_at, end);
        _at += raw.Length;
        foreach (var c in WebUtility.HtmlDecode(raw))
        {
            var blank = char.IsWhiteSpace(c);
            if (blank && (_text.Length == 0 || _text[^1] == ' ')) continue;
            _text.Append(blank ? ' ' : c);
            _marked.Add(_open.Any(name => name is not "span"));
        }
    }

    private bool TakeInline(CreditLineTag tag)
    {
        if (tag.Name is not ("a" or "strong" or "b" or "em" or "i" or "span" or "u" or "small" or "cite")) return false;
        if (tag.Closes) return _open.TryPop(out var opened) && opened == tag.Name;
        if (tag.Name == "a")
        {
            if (Link is not null || tag.Link is not { } link) return false;
            Link = link;
        }

        _open.Push(tag.Name);
        return true;
    }

    /// <param name="closed">The line's end is also the end of its block, if it has one.</param>
    private bool Finish(bool closed)
    {
        Text = _text.ToString();
        if (!closed)
        {
            SkipBreaks();
            var start = _at;
            if (_block.Length > 0 && ReadTag() is { Closes: true } tag && tag.Name == _block) closed = true;
            else _at = start;
        }

        if (!closed && _block.Length > 0)
        {
            // What opens the block stays for the words that follow.
            Rest = _body[.._contentStart] + _body[_at..];
            return true;
        }

        if (_blockComment.Length > 0 && !SkipBlockCommentEnd()) return false;
        Rest = _body[_at..].TrimStart();
        return true;
    }

    private bool SkipBlockCommentEnd()
    {
        SkipBlanks();
        var expected = $"<!-- /{_blockComment} -->";
        if (!At(expected)) return false;
        _at += expected.Length;
        return true;
    }

    private void SkipBreaks()
    {
        while (true)
        {
            SkipBlanks();
            var start = _at;
            if (ReadTag() is { Name: "br" }) continue;
            _at = start;
            return;
        }
    }

    private void SkipBlanks()
    {
        while (_at < _head.Length && char.IsWhiteSpace(_head[_at])) _at++;
    }

    private bool At(string expected) => string.CompareOrdinal(_head, _at, expected, 0, expected.Length) == 0;

    private static bool IsBlock(string name) => name is "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6";

    private CreditLineTag? ReadTag() => CreditLineTag.Read(_head, ref _at);
}
