using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// Paragraphs and line breaks for text written with blank lines, by the documented behaviour of WordPress's <c>wpautop</c>: a blank
/// line parts paragraphs, a single newline breaks the line; block elements stand free; nothing changes within &lt;pre&gt;.
/// One pass over any input; whether tags match is the sanitiser's business.
/// </summary>
internal sealed class Paragraphs
{
    private readonly StringBuilder _out;
    private readonly List<(HtmlTag Tag, ParagraphRoom Room)> _open = [];
    private readonly int[] _openCount = new int[HtmlTag.Count];
    private readonly StringBuilder _run = new();
    private readonly List<string> _done = [];
    private int _newlines;
    private bool _blankBefore;
    private bool _firstInRoom = true;
    private bool _afterBreak;

    private Paragraphs(int length) => _out = new StringBuilder(length + length / 4 + 16);

    private ParagraphRoom Here => _open.Count == 0 ? ParagraphRoom.Root : _open[^1].Room;

    public static string Of(string markup)
    {
        var paragraphs = new Paragraphs(markup.Length);
        var scanner = new MarkupScanner(markup);
        while (scanner.Read()) paragraphs.Take(ref scanner);
        paragraphs.Flush();
        return paragraphs._out.ToString().Trim('\n');
    }

    private void Take(ref MarkupScanner scanner)
    {
        switch (scanner.Token)
        {
            case MarkupToken.Text:
                Text(scanner.Inner);
                break;
            case MarkupToken.Comment:
                if (ContentMarkers.Parse(scanner.Inner) is null) break;
                Flush();
                _out.Append(scanner.Raw).Append('\n');
                break;
            case MarkupToken.StartTag when scanner.Tag is { } tag:
                StartTag(tag, ref scanner);
                break;
            case MarkupToken.EndTag when scanner.Tag is { } tag && ParagraphRooms.Of(tag) is not null:
                EndBlock(tag);
                break;
            case MarkupToken.EndTag when scanner.Tag is { Name: "pre" or "hr" }:
                break;
            default:
                Inline(scanner.Raw);
                break;
        }
    }

    private void StartTag(HtmlTag tag, ref MarkupScanner scanner)
    {
        if (ParagraphRooms.Of(tag) is { } room) StartBlock(tag, room, scanner.Raw);
        else if (tag.Name is "script" or "style" or "noscript") scanner.ReadRawContent(tag.Name);
        else if (tag.Name is "pre" or "hr")
        {
            Flush();
            CloseParagraph();
            _out.Append(scanner.Raw);
            if (tag.Name == "pre") _out.Append(scanner.ReadRawContent("pre")).Append("</pre>");
            _out.Append('\n');
            _firstInRoom = false;
        }
        else if (tag.Name == "br") Break();
        else if (tag.Is(TagTraits.RawText | TagTraits.Nested) || tag.Name is "audio" or "video" or "picture")
        {
            Inline(scanner.Raw);
            _run.Append(scanner.ReadRawContent(tag.Name)).Append("</").Append(tag.Name).Append('>');
        }
        else Inline(scanner.Raw);
    }

    private void StartBlock(HtmlTag tag, ParagraphRoom room, ReadOnlySpan<char> raw)
    {
        Flush();
        CloseParagraph();
        _out.Append(raw);
        _open.Add((tag, room));
        _openCount[tag.Index]++;
        _firstInRoom = true;
    }

    private void EndBlock(HtmlTag tag)
    {
        Flush();
        if (_openCount[tag.Index] == 0) return;
        while (true)
        {
            var last = _open[^1].Tag;
            _open.RemoveAt(_open.Count - 1);
            _openCount[last.Index]--;
            if (last != tag) continue;
            break;
        }

        _out.Append("</").Append(tag.Name).Append(">\n");
        _firstInRoom = false;
    }

    private void CloseParagraph()
    {
        if (Here == ParagraphRoom.Paragraph) EndBlock(_open[^1].Tag);
    }

    private void Text(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var content = text.IndexOfAnyExcept(" \t\n\r\f");
            if (content < 0) content = text.Length;
            if (content > 0)
            {
                var newlines = text[..content].Count('\n');
                _newlines += newlines;
                if (newlines == 0 && _newlines == 0 && _run.Length > 0) _run.Append(text[..content]);
                text = text[content..];
                continue;
            }

            var line = text.IndexOf('\n');
            var words = line < 0 ? text : text[..line].TrimEnd(" \t\r\f");
            Inline(words);
            text = line < 0 ? default : text[line..];
        }
    }

    private void Inline(ReadOnlySpan<char> content)
    {
        if (content.IsEmpty) return;
        if (_newlines > 0) BreakLine();
        _run.Append(content);
        _afterBreak = false;
    }

    private void BreakLine()
    {
        var newlines = _newlines;
        _newlines = 0;
        if (_run.Length == 0)
        {
            if (_done.Count == 0 && newlines > 1) _blankBefore = true;
            return;
        }

        if (Here == ParagraphRoom.Structure) _run.Append('\n');
        else if (newlines > 1 && Here != ParagraphRoom.Phrasing) EndParagraph();
        else if (_afterBreak) _run.Append('\n');
        else _run.Append("<br>\n");
    }

    private void Break()
    {
        if (_afterBreak && _newlines < 2)
        {
            // Two breaks in a row were meant as a paragraph.
            _run.Length -= "<br>".Length;
            _newlines = 2;
            _afterBreak = false;
            return;
        }

        if (_newlines == 1) _newlines = 0;
        Inline("<br>");
        _afterBreak = true;
    }

    private void EndParagraph()
    {
        var text = _run.ToString().Trim(' ', '\t', '\n');
        if (text.EndsWith("<br>", StringComparison.Ordinal)) text = text[..^4].TrimEnd();
        if (text.Length > 0) _done.Add(text);
        _run.Clear();
        _afterBreak = false;
    }

    private void Flush()
    {
        var blankAfter = _newlines > 1;
        EndParagraph();
        if (_done.Count > 0) WriteParagraphs(blankAfter);
        _done.Clear();
        _newlines = 0;
        _blankBefore = false;
    }

    private void WriteParagraphs(bool blankAfter)
    {
        var room = Here;
        var bare = room switch
        {
            ParagraphRoom.Root or ParagraphRoom.Quote => false,
            ParagraphRoom.Flow => _firstInRoom && !_blankBefore && !blankAfter && _done.Count == 1,
            _ => true,
        };
        for (var i = 0; i < _done.Count; i++)
        {
            if (!bare) _out.Append("<p>").Append(_done[i]).Append("</p>\n");
            else _out.Append(i == 0 ? "" : room == ParagraphRoom.Paragraph ? "</p>\n<p>" : "\n").Append(_done[i]);
        }

        _firstInRoom = false;
    }
}
