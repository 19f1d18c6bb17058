using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

/// <summary>
/// Judges output without asking the sanitiser: parses it again, with and without scripting, and says what it must not contain. The lists
/// are written out here a second time on purpose; a wider policy must be widened in both places.
/// </summary>
internal static class InertMarkup
{
    private static readonly string[] Anywhere = ["class", "id", "lang", "dir", "title", "role", "aria-label"];

    private static readonly Dictionary<string, string[]> CommenterElements = new(StringComparer.Ordinal)
    {
        ["a"] = ["href", "title", "rel"],
        ["abbr"] = ["title"],
        ["blockquote"] = ["cite"],
        ["q"] = ["cite"],
    };

    private static readonly Dictionary<string, string[]> EditorElements = new(StringComparer.Ordinal)
    {
        ["a"] = ["href", "rel", "hreflang"],
        ["img"] = ["src", "alt", "width", "height", "loading", "decoding", "srcset", "sizes"],
        ["source"] = ["src", "srcset", "sizes", "media", "type", "width", "height"],
        ["track"] = ["src", "kind", "srclang", "label", "default"],
        ["audio"] = ["src", "controls", "preload", "loop", "muted"],
        ["video"] = ["src", "controls", "preload", "loop", "muted", "poster", "width", "height", "playsinline"],
        ["blockquote"] = ["cite"],
        ["q"] = ["cite"],
        ["del"] = ["cite", "datetime"],
        ["ins"] = ["cite", "datetime"],
        ["time"] = ["datetime"],
        ["ol"] = ["start", "type", "reversed"],
        ["li"] = ["value"],
        ["td"] = ["colspan", "rowspan", "scope"],
        ["th"] = ["colspan", "rowspan", "scope"],
        ["col"] = ["span"],
        ["colgroup"] = ["span"],
        ["details"] = ["open"],
    };

    /// <summary>What is wrong with a link in a comment, and not with one of the staff's.</summary>
    public const string UnmarkedLink = "a link without rel";

    static InertMarkup()
    {
        foreach (var plain in "p br em strong i b del s cite code pre ul ol li sub sup".Split(' ')) CommenterElements.TryAdd(plain, []);
        foreach (var plain in ("p br hr em strong i b s cite code pre ul sub sup abbr dfn kbd samp var u small mark span bdi bdo wbr ruby rt rp div section article aside "
            + "header footer address h1 h2 h3 h4 h5 h6 figure figcaption picture dl dt dd summary table caption thead tbody tfoot tr").Split(' ')) EditorElements.TryAdd(plain, []);
    }

    /// <summary>What is wrong with the output; empty when it is inert.</summary>
    public static List<string> Faults(string html, MarkupRights rights, bool markers = false)
    {
        var faults = new List<string>();
        foreach (var scripting in new[] { false, true })
        {
            var document = new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument("<!doctype html><body>" + html);
            if (document.Head!.ChildNodes.Length > 0) faults.Add("something moved into the head");
            foreach (var node in document.Body!.Descendants()) Judge(node, rights, markers, faults);
        }

        if (html.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))) faults.Add("a control character");
        return faults;
    }

    private static void Judge(INode node, MarkupRights rights, bool markers, List<string> faults)
    {
        switch (node)
        {
            case IComment comment when !(markers && (comment.Data is "more" or "nextpage" || comment.Data.StartsWith("more ", StringComparison.Ordinal))):
                faults.Add($"comment <!--{comment.Data}-->");
                break;
            case IElement element:
                JudgeElement(element, rights, faults);
                break;
            case IProcessingInstruction or IDocumentType:
                faults.Add($"node {node.NodeType}");
                break;
        }
    }

    private static void JudgeElement(IElement element, MarkupRights rights, List<string> faults)
    {
        if (element.NamespaceUri != "http://www.w3.org/1999/xhtml") faults.Add($"foreign element {element.NodeName}");
        var elements = rights == MarkupRights.Editor ? EditorElements : CommenterElements;
        if (!elements.TryGetValue(element.LocalName, out var allowed))
        {
            faults.Add($"element <{element.LocalName}>");
            return;
        }

        foreach (var attribute in element.Attributes)
        {
            var name = attribute.Name;
            if (name.StartsWith("on", StringComparison.OrdinalIgnoreCase)) faults.Add($"handler {name}");
            // (A comment's own renderer writes which way a block runs.)
            var isDirection = name == "dir" && attribute.Value is "rtl" or "ltr";
            if (Array.IndexOf(allowed, name) < 0 && !isDirection && !(rights == MarkupRights.Editor && Array.IndexOf(Anywhere, name) >= 0)) faults.Add($"attribute {element.LocalName}[{name}]");
            if (name is "href" or "src" or "poster" or "cite") JudgeAddress(name, attribute.Value, faults);
            if (name == "srcset")
            {
                foreach (var candidate in attribute.Value.Split(',')) JudgeAddress("src", candidate.Trim().Split(' ')[0], faults);
            }
        }

        if (element.LocalName == "a" && element.HasAttribute("href") && rights == MarkupRights.Commenter && element.GetAttribute("rel") != "nofollow ugc noopener") faults.Add(UnmarkedLink);
    }

    private static void JudgeAddress(string attribute, string value, List<string> faults)
    {
        foreach (var c in value)
        {
            if (c <= ' ' || c == '\\' || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) faults.Add($"U+{(int)c:X4} in {attribute}=\"{value}\"");
        }

        // As a browser on this page would resolve it.
        if (!Uri.TryCreate(new Uri("https://own.test/2020/02/20/post/"), value, out var uri))
        {
            if (attribute is "src" or "poster") faults.Add($"unreadable {attribute}=\"{value}\"");
            return;
        }

        if (uri.Scheme is not ("http" or "https" or "mailto")) faults.Add($"scheme of {attribute}=\"{value}\"");
        if (attribute is "src" or "poster" && uri.Host != "own.test") faults.Add($"third party in {attribute}=\"{value}\"");
    }
}
