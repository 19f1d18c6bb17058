using System.Text;
using System.Xml;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Walks the elements of an export. No DTD is read, so no entity but XML's own five exists, and nothing is resolved.</summary>
internal sealed class WxrCursor : IDisposable
{
    /// <summary>An export is five deep; markup inside a hand-made body is the only reason for more.</summary>
    private const int MaxDepth = 256;

    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _place;
    private readonly WxrOptions _options;
    private readonly StringBuilder _text = new();
    private readonly char[] _chunk = new char[8 * 1024];
    private string? _lastUri;
    private WxrSpace _lastSpace;

    public WxrCursor(TextReader text, WxrOptions options)
    {
        _options = options;
        _xml = XmlReader.Create(text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        _place = (IXmlLineInfo)_xml;
    }

    public int Line => _place.LineNumber;
    public string LocalName => _xml.LocalName;
    public string Prefix => _xml.Prefix;
    public int Depth => _xml.Depth;

    public WxrSpace Space
    {
        get
        {
            var uri = _xml.NamespaceURI;
            if (!ReferenceEquals(uri, _lastUri)) (_lastUri, _lastSpace) = (uri, WxrNames.SpaceOf(uri));
            return _lastSpace;
        }
    }

    public string? Key => WxrNames.KeyOf(Space, LocalName);

    public bool Is(WxrSpace space, string localName) => Space == space && LocalName == localName;

    public string Attribute(string name) => _xml.GetAttribute(name) ?? "";

    /// <summary>Stands on the root element.</summary>
    public void MoveToRoot() => _xml.MoveToContent();

    /// <summary>Steps into the element it stands on.</summary>
    /// <returns>False for an empty element, which is then behind.</returns>
    public bool Enter()
    {
        var empty = _xml.IsEmptyElement;
        _xml.Read();
        return !empty;
    }

    /// <summary>Stands on the next child element, or leaves the parent. The child before must have been consumed.</summary>
    /// <param name="parentDepth">The depth of the parent.</param>
    public bool NextChild(int parentDepth)
    {
        while (true)
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == parentDepth + 1) return true;
            if (_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == parentDepth)
            {
                LastEndLine = Line;
                _xml.Read();
                return false;
            }

            if (!_xml.Read()) return false;
        }
    }

    /// <summary>Where the element that <see cref="NextChild"/> left has its end tag.</summary>
    public int LastEndLine { get; private set; }

    /// <summary>Leaves the element it stands on, with all inside.</summary>
    public void Skip()
    {
        var depth = _xml.Depth;
        if (!Enter()) return;
        while (!(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            CheckDepth();
            if (!_xml.Read()) return;
        }

        _xml.Read();
    }

    /// <summary>Reads on to the end, so that what follows the root is checked too.</summary>
    public void Finish()
    {
        while (_xml.Read())
        {
        }
    }

    /// <summary>
    /// The text of the element it stands on, which is then behind. White space around CDATA is layout and left out; markup
    /// that someone wrote without escaping it is kept as markup.
    /// </summary>
    public string ReadText()
    {
        var depth = _xml.Depth;
        if (!Enter()) return "";
        _text.Clear();
        var (blankSoFar, afterData) = (true, false);
        while (!(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType == XmlNodeType.CDATA)
            {
                if (blankSoFar) _text.Clear();
                AppendValue(escape: false);
                (blankSoFar, afterData) = (false, true);
            }
            else if (afterData && IsBlank && _xml.Depth == depth + 1)
            {
                AppendTrailing(depth);
                continue;
            }
            else
            {
                blankSoFar &= IsBlank;
                AppendMarkup(escape: _xml.Depth > depth + 1);
            }

            CheckDepth();
            if (!_xml.Read()) break;
        }

        _xml.Read();
        return _text.ToString();
    }

    private bool IsBlank => _xml.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    /// <summary>White space after CDATA: layout when nothing but the end or more CDATA follows, else text.</summary>
    private void AppendTrailing(int depth)
    {
        var blanks = _xml.Value;
        _xml.Read();
        var over = _xml.NodeType is XmlNodeType.CDATA || (_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth);
        if (!over) _text.Append(blanks);
    }

    private void AppendMarkup(bool escape)
    {
        if (_xml.NodeType == XmlNodeType.Element) AppendStartTag();
        else if (_xml.NodeType == XmlNodeType.EndElement) _text.Append("</").Append(_xml.Name).Append('>');
        else if (IsBlank || _xml.NodeType == XmlNodeType.Text) AppendValue(escape);
    }

    private void AppendValue(bool escape)
    {
        for (int count; (count = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;)
        {
            if (_text.Length + count > _options.MaxFieldLength)
                throw Error(0, $"a text of more than {_options.MaxFieldLength} characters");
            if (escape) AppendEscaped(_chunk.AsSpan(0, count));
            else _text.Append(_chunk, 0, count);
        }
    }

    private void AppendStartTag()
    {
        _text.Append('<').Append(_xml.Name);
        var empty = _xml.IsEmptyElement;
        for (var found = _xml.MoveToFirstAttribute(); found; found = _xml.MoveToNextAttribute())
        {
            if (_xml.NamespaceURI == "http://www.w3.org/2000/xmlns/") continue;
            _text.Append(' ').Append(_xml.Name).Append("=\"");
            AppendEscaped(_xml.Value);
            _text.Append('"');
        }

        _xml.MoveToElement();
        _text.Append(empty ? " />" : ">");
        if (_text.Length > _options.MaxFieldLength)
            throw Error(0, $"a text of more than {_options.MaxFieldLength} characters");
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

    private void CheckDepth()
    {
        if (_xml.Depth > MaxDepth) throw Error(_place.LinePosition, $"elements are nested more than {MaxDepth} deep");
    }

    public WxrFormatException Error(int column, string what) =>
        new(_options.FileName, new WxrError(Line, column, what));

    public void Dispose() => _xml.Dispose();
}
