namespace Broadsheet.Core.Text;

/// <summary>
/// Whether a page of another site may be given to an HTML parser at all. A parser looks up through what is open at nearly each tag, and opens
/// unclosed formatting anew in each paragraph (WHATWG HTML §13.2.4.3): pages made for it cost it minutes, or all memory. Looks once, over the text.
/// </summary>
public static class MarkupMass
{
    /// <summary>Tags of a whole page, closing ones too.</summary>
    public const int MostTags = 120_000;

    private const int MostOpen = 1_000;
    private const int MostFormatting = 50;

    /// <summary>Elements that end without being closed, as pages that people write leave them.</summary>
    private static readonly HashSet<string> Implied = new(["p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "caption", "rb", "rp", "rt", "rtc", "html", "head", "body"], StringComparer.Ordinal);

    /// <summary>Elements whose content is no markup, unless they stand within a drawing or a formula.</summary>
    private static readonly HashSet<string> Raw = new(["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"], StringComparer.Ordinal);

    public static bool IsTooMuch(string html)
    {
        var scanner = new MarkupScanner(html);
        Span<int> opened = stackalloc int[HtmlTag.Count + 1];
        opened.Clear();
        var (tags, open, formatting, isForeign) = (0, 0, 0, false);
        while (scanner.Read())
        {
            if (scanner.Token is not (MarkupToken.StartTag or MarkupToken.EndTag)) continue;
            if (++tags > MostTags) return true;
            var tag = scanner.Tag;
            if (tag is not null && (tag.Is(TagTraits.Void) || Implied.Contains(tag.Name))) continue;
            ref var ofName = ref opened[tag?.Index ?? HtmlTag.Count];
            var isFormatting = tag?.Is(TagTraits.Formatting) == true;
            if (scanner.Token == MarkupToken.EndTag)
            {
                if (ofName == 0) continue;
                ofName--;
                if (isFormatting) formatting--;
                else open--;
                continue;
            }
            // "Raw text" is markup within <svg> and <math>: after one of them nothing is taken for text any more.
            isForeign |= tag?.Name is "svg" or "math";
            if (tag is null && scanner.SelfClosing) continue;
            if (!isForeign && tag is not null && Raw.Contains(tag.Name))
            {
                scanner.ReadRawContent(tag.Name);
                continue;
            }
            ofName++;
            if (isFormatting ? ++formatting > MostFormatting : ++open > MostOpen) return true;
        }
        return false;
    }
}
