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
    private readonly WxrElementText _elementText;
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
        _elementText = new WxrElementText(_xml, this, options.MaxFieldLength);
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

    /// <inheritdoc cref="WxrElementText.Read"/>
    public string ReadText() => _elementText.Read();

    /// <exception cref="WxrFormatException">It stands deeper than any export does.</exception>
    public void CheckDepth()
    {
        if (_xml.Depth > MaxDepth) throw Error(_place.LinePosition, $"elements are nested more than {MaxDepth} deep");
    }

    public WxrFormatException Error(int column, string what) =>
        new(_options.FileName, new WxrError(Line, column, what));

    public void Dispose() => _xml.Dispose();
}
