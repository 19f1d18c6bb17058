using System.Text;
using AngleSharp.Dom;

namespace Broadsheet.Core.Text;

/// <summary>
/// Writes a cleaned tree in the one form that parses back to the same tree: every attribute quoted, nothing optional left out,
/// no control characters. Walks without recursion.
/// </summary>
internal static class MarkupWriter
{
    public static string ChildrenOf(INode root)
    {
        var html = new StringBuilder(256);
        // By index: AngleSharp finds a next sibling by searching for the node among its siblings.
        var path = new Stack<(INode Parent, int Next)>();
        path.Push((root, 0));
        while (path.TryPop(out var at))
        {
            if (at.Next == at.Parent.ChildNodes.Length)
            {
                if (at.Parent != root) WriteEnd(html, at.Parent);
                continue;
            }

            path.Push((at.Parent, at.Next + 1));
            var node = at.Parent.ChildNodes[at.Next];
            WriteStart(html, node);
            path.Push((node, 0));
        }

        return html.ToString();
    }

    private static void WriteStart(StringBuilder html, INode node)
    {
        switch (node)
        {
            case IElement element:
                html.Append('<').Append(element.LocalName);
                foreach (var attribute in element.Attributes)
                {
                    html.Append(' ').Append(attribute.LocalName).Append("=\"");
                    Escape(html, attribute.Value, quote: true);
                    html.Append('"');
                }

                html.Append('>');
                break;
            case IText text:
                // A parser drops the first newline of a <pre>, each time it parses.
                var first = node.Parent is IElement { LocalName: "pre" } pre && pre.FirstChild == node;
                Escape(html, first ? text.Data.TrimStart('\n', '\r') : text.Data, quote: false);
                break;
            case IComment comment:
                html.Append("<!--").Append(comment.Data).Append("-->");
                break;
        }
    }

    private static void WriteEnd(StringBuilder html, INode node)
    {
        if (node is IElement element && !(HtmlTag.Find(element.LocalName) is { } tag && tag.Is(TagTraits.Void)))
            html.Append("</").Append(element.LocalName).Append('>');
    }

    internal static void Escape(StringBuilder html, ReadOnlySpan<char> text, bool quote)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsOrdinary(c)) continue;
            var escaped = c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => quote ? "&quot;" : "\"",
                '\u00A0' => "&nbsp;",
                '\n' or '\t' => null,
                _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) => null,
                _ when char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]) => null,
                _ when char.IsSurrogate(c) => "\uFFFD",
                _ => "",
            };
            if (escaped is null) continue;
            html.Append(text[from..i]).Append(escaped);
            from = i + 1;
        }

        html.Append(text[from..]);
    }

    private static bool IsOrdinary(char c) =>
        c is >= ' ' and <= '~' ? c is not ('&' or '<' or '>' or '"') : c is > '\u00A0' and < '\uFFFE' && !char.IsSurrogate(c);
}
