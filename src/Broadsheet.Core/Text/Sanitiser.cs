using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Broadsheet.Core.Text;

/// <summary>
/// The one sanitiser. Two locks, of different makers: <see cref="TidyMarkup"/> rewrites any text as plain, well-nested, allow-listed
/// markup; HtmlSanitizer (Ganss.Xss) then judges the tree that a standards-conforming parser builds from it.
/// </summary>
/// <remarks>
/// Safe to call from any thread: the HtmlSanitizer instances are configured once, in the static constructor, and never again
/// (which is what their documentation asks for); parsers are one a thread. Time grows with the length of the text.
/// Cleaning what is clean changes nothing.
/// </remarks>
public static class Sanitiser
{
    /// <summary>Longer texts are cut here, in UTF-16 code units. WordPress's longest body column holds about 4 MB in use.</summary>
    public const int MaxLength = 4_000_000;

    private static readonly FrozenSet<string> NoHosts = [];
    private static readonly HtmlSanitizer CommenterGate = Gate(MarkupPolicy.Commenter);
    private static readonly HtmlSanitizer InlineGate = Gate(MarkupPolicy.Inline);
    private static readonly HtmlSanitizer EditorGate = Gate(MarkupPolicy.Editor);

    [ThreadStatic]
    private static HtmlParser? s_parser;

    /// <summary>Cleans markup that anyone may have written.</summary>
    /// <param name="html">Markup; may be broken or hostile. Texts beyond <see cref="MaxLength"/> are cut.</param>
    /// <param name="rights">Which allow-list holds.</param>
    /// <param name="allowedMediaHosts">Hosts (lower case) whose media editors may show; other hosts' media become links. None by default.</param>
    public static SafeHtml Clean(string html, MarkupRights rights, IReadOnlySet<string>? allowedMediaHosts = null) =>
        IsPlain(html) ? new SafeHtml(html) : Clean(html, new TidyOptions(MarkupPolicy.For(rights)), allowedMediaHosts ?? NoHosts, null).Html;

    /// <summary>Cleans a headline: emphasis and the like; no links, no blocks.</summary>
    public static SafeHtml CleanInline(string html) =>
        IsPlain(html) ? new SafeHtml(html) : Clean(html, new TidyOptions(MarkupPolicy.Inline), NoHosts, null).Html;

    /// <param name="first">Sees each element before the rules do, and may change or replace it.</param>
    internal static (SafeHtml Html, int ForeignMedia) Clean(string html, TidyOptions options, IReadOnlySet<string> allowedMediaHosts, Action<IElement>? first)
    {
        var tidy = TidyMarkup.Of(html.Length > MaxLength ? html[..MaxLength] : html, options);
        var parser = s_parser ??= new HtmlParser(new HtmlParserOptions { IsScripting = false, DisableElementPositionTracking = true });
        using var document = parser.ParseDocument("<!doctype html><body>" + tidy);
        var body = document.Body!;
        var foreign = new ForeignMedia(allowedMediaHosts);
        if (options.Policy.KeepsMedia) Each(body, LegacyMarkup.Translate);
        if (first is not null) Each(body, first);
        if (options.Policy.KeepsMedia) Each(body, foreign.Apply, childrenFirst: true);
        var rules = new ElementRules(options.Policy, allowedMediaHosts);
        Each(body, rules.Apply);
        GateOf(options.Policy).SanitizeDom(document, body);
        return (new SafeHtml(MarkupWriter.ChildrenOf(body)), foreign.Count);
    }

    private static void Each(IElement root, Action<IElement> visit, bool childrenFirst = false)
    {
        var elements = root.GetElementsByTagName("*").ToArray();
        if (childrenFirst) Array.Reverse(elements);
        foreach (var element in elements)
        {
            if (element.Parent is not null) visit(element);
        }
    }

    // Nothing that a parser reads as more than its letters, or that the writer would change.
    private static bool IsPlain(string text)
    {
        if (text.Length > MaxLength) return false;
        foreach (var c in text)
        {
            if (c is '<' or '>' or '&' or '\u00A0' or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c) || char.IsControl(c) && c is not ('\n' or '\t')) return false;
        }

        return true;
    }

    private static HtmlSanitizer GateOf(MarkupPolicy policy) =>
        policy == MarkupPolicy.Editor ? EditorGate : policy == MarkupPolicy.Commenter || policy == MarkupPolicy.House ? CommenterGate : InlineGate;

    private static HtmlSanitizer Gate(MarkupPolicy policy)
    {
        var gate = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = policy.Attributes.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = policy.Attributes.Values.SelectMany(static a => a).ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src", "poster", "cite" },
            AllowedCssProperties = new HashSet<string>(StringComparer.OrdinalIgnoreCase),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
            AllowDataAttributes = false,
        })
        {
            KeepChildNodes = true,
        };
        // Only the two markers get past the tidying, in the one form that ContentMarkers writes.
        gate.RemovingComment += static (_, comment) => comment.Cancel = ContentMarkers.Parse(comment.Comment.Data) == comment.Comment.Data;
        return gate;
    }
}
