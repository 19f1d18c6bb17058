using System.Text;
using System.Xml;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Collects the text of an element.</summary>
internal sealed class WxrElementText(XmlReader xml, WxrCursor cursor, int maxLength)
{
    private readonly StringBuilder _text = new();
    private readonly char[] _chunk = new char[8 * 1024];

    /// <summary>
    /// The text of the element it stands on, which is then behind. White space around CDATA is layout and left out; markup
    /// that someone wrote without escaping it is kept as markup.
    /// </summary>
    public string Read()
    {
        var depth = xml.Depth;
        if (!cursor.Enter()) return "";
        _text.Clear();
        var (blankSoFar, afterData) = (true, false);
        while (!(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.CDATA)
            {
                if (blankSoFar) _text.Clear();
                AppendValue(escape: false);
                (blankSoFar, afterData) = (false, true);
            }
            else if (afterData && IsBlank && xml.Depth == depth + 1)
            {
                AppendTrailing(depth);
                continue;
            }
            else
            {
                blankSoFar &= IsBlank;
                AppendMarkup(escape: xml.Depth > depth + 1);
            }

            cursor.CheckDepth();
            if (!xml.Read()) break;
        }

        xml.Read();
        return _text.ToString();
    }

    private bool IsBlank => xml.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    /// <summary>White space after CDATA: layout when nothing but the end or more CDATA follows, else text.</summary>
    private void AppendTrailing(int depth)
    {
        var blanks = xml.Value;
        xml.Read();
        var over = xml.NodeType is XmlNodeType.CDATA || (xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth);
        if (!over) _text.Append(blanks);
    }

    private void AppendMarkup(bool escape)
    {
        if (xml.NodeType == XmlNodeType.Element) AppendStartTag();
        else if (xml.NodeType == XmlNodeType.EndElement) _text.Append("</").Append(xml.Name).Append('>');
        else if (IsBlank || xml.NodeType == XmlNodeType.Text) AppendValue(escape);
    }

    private void AppendValue(bool escape)
    {
        for (int count; (count = xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;)
        {
            if (_text.Length + count > maxLength)
                throw cursor.Error(0, $"a text of more than {maxLength} characters");
            if (escape) AppendEscaped(_chunk.AsSpan(0, count));
            else _text.Append(_chunk, 0, count);
        }
    }

    private void AppendStartTag()
    {
        _text.Append('<').Append(xml.Name);
        var empty = xml.IsEmptyElement;
        for (var found = xml.MoveToFirstAttribute(); found; found = xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI == "http://www.w3.org/2000/xmlns/") continue;
            _text.Append(' ').Append(xml.Name).Append("=\"");
            AppendEscaped(xml.Value);
            _text.Append('"');
        }

        xml.MoveToElement();
        _text.Append(empty ? " />" : ">");
        if (_text.Length > maxLength)
            throw cursor.Error(0, $"a text of more than {maxLength} characters");
    }

    private void AppendEscaped(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                _ => _text.Append(c),
            };
        }
    }
}
