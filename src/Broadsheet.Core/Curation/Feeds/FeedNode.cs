using System.Net;
using System.Text;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>An element or a stretch of text of ill-formed or well-formed XML.</summary>
internal sealed class FeedNode
{
    private static readonly Dictionary<string, string> NoAttributes = [];
    private readonly List<FeedNode> _children = [];

    /// <summary>Null for an element.</summary>
    public string? Text { get; private init; }

    /// <summary>Lower case, without prefix; empty for text and for the document.</summary>
    public string Name { get; private init; } = "";

    /// <summary>As <see cref="FeedSpaces"/> calls it: empty for the format's own elements.</summary>
    public string Space { get; private init; } = "";

    /// <summary>The line it begins in, from 1.</summary>
    public int Line { get; private init; }

    public FeedNode? Parent { get; private init; }

    public int Depth { get; private init; }

    /// <summary>By lower-case name with prefix.</summary>
    public Dictionary<string, string> Attributes { get; private init; } = NoAttributes;

    /// <summary>The namespaces that this element declares, by prefix; null for most.</summary>
    public Dictionary<string, string>? Declared { get; private init; }

    public IReadOnlyList<FeedNode> Children => _children;

    public static FeedNode Document() => new();

    public FeedNode AddElement(string name, string space, Dictionary<string, string> attributes, Dictionary<string, string>? declared, int line)
    {
        var child = new FeedNode { Name = name, Space = space, Attributes = attributes, Declared = declared, Line = line, Parent = this, Depth = Depth + 1 };
        _children.Add(child);
        return child;
    }

    public void AddText(string text) => _children.Add(new FeedNode { Text = text, Parent = this });

    public IEnumerable<FeedNode> Elements() => _children.Where(static c => c.Text is null);

    public IEnumerable<FeedNode> Elements(string name, string space = "") => _children.Where(c => c.Text is null && c.Name == name && c.Space == space);

    /// <summary>The first that is not empty, else the first.</summary>
    public FeedNode? Element(string name, string space = "")
    {
        FeedNode? first = null;
        foreach (var child in Elements(name, space))
        {
            if (child._children.Count > 0) return child;
            first ??= child;
        }

        return first;
    }

    public bool HasElements => _children.Exists(static c => c.Text is null);

    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);

    /// <summary>All its text, trimmed, and cut at <see cref="FeedReader.MaxText"/> characters.</summary>
    public string Value()
    {
        var to = new StringBuilder();
        Gather(to);
        return Cut(to).Trim();
    }

    /// <summary>The text of the child; null when there is none or it is blank.</summary>
    public string? ValueOf(string name, string space = "") => Element(name, space)?.Value() is { Length: > 0 } value ? value : null;

    /// <summary>Its contents as HTML: elements as tags without prefix, texts escaped.</summary>
    public string InnerMarkup()
    {
        var to = new StringBuilder();
        foreach (var child in _children) child.Write(to);
        return Cut(to).Trim();
    }

    /// <summary>The nearest value of an attribute that is inherited (<c>xml:lang</c>).</summary>
    public string? Inherited(string name)
    {
        for (var at = this; at is not null; at = at.Parent)
            if (at.Attribute(name) is { } value) return value.Length > 0 ? value : null;
        return null;
    }

    /// <summary>What addresses in it are relative to: the document's address and every <c>xml:base</c> around it.</summary>
    public Uri? Base(Uri? document)
    {
        var outer = Parent is null ? document : Parent.Base(document);
        return Attribute("xml:base") is { } own ? FeedAddress.Resolve(own, outer) ?? outer : outer;
    }

    private static string Cut(StringBuilder text) => text.ToString(0, Math.Min(text.Length, FeedReader.MaxText));

    private void Gather(StringBuilder to)
    {
        if (to.Length > FeedReader.MaxText) return;
        if (Text is not null) to.Append(Text);
        foreach (var child in _children) child.Gather(to);
    }

    private void Write(StringBuilder to)
    {
        if (to.Length > FeedReader.MaxText) return;
        if (Text is not null)
        {
            to.Append(Text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));
            return;
        }

        to.Append('<').Append(Name);
        foreach (var (name, value) in Attributes) to.Append(' ').Append(name).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        if (FeedMarkup.IsVoid(Name))
        {
            to.Append(" />");
            return;
        }

        to.Append('>');
        foreach (var child in _children) child.Write(to);
        to.Append("</").Append(Name).Append('>');
    }
}
