using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Curation;

/// <summary>The first words of a text with its markup: an excerpt within an outlet's terms.</summary>
public static class FirstWords
{
    private static readonly string[] NotText = ["figure", "iframe", "img", "video", "audio", "picture", "table", "form", "svg", "object", "embed"];

    /// <summary>
    /// Whole words up to the limit, with the paragraphs, links and emphasis around them; pictures and tables are left out, and an ellipsis stands where it was cut.
    /// A word that a tag parts counts as two.
    /// </summary>
    /// <param name="html">Sanitised by the caller, before or after.</param>
    /// <param name="words">At least 1, counted as <see cref="CopiedWords.CountAll"/> counts.</param>
    public static string Of(string html, int words)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        foreach (var element in body.QuerySelectorAll(string.Join(',', NotText)).ToList()) element.Remove();
        var left = words;
        IText? last = null;
        foreach (var text in body.Descendants<IText>().ToList())
        {
            if (left < 0)
            {
                text.Remove();
                continue;
            }

            var (kept, count, isCut) = Take(text.Data, left);
            left -= count;
            if (isCut)
            {
                text.Data = kept;
                var end = text;
                if (string.IsNullOrWhiteSpace(kept) && last is not null)
                {
                    text.Remove();
                    end = last;
                }

                end.Data = end.Data.TrimEnd(' ', '\n', '\t', '\r', ',', ';', ':', '.') + "…";
                left = -1;
            }
            else if (count > 0)
            {
                last = text;
            }
        }

        foreach (var empty in body.QuerySelectorAll("*").Reverse().Where(static e => e.ChildNodes.Length == 0 && e.LocalName is not ("br" or "hr")).ToList()) empty.Remove();
        while (body.LastElementChild is { LocalName: "br" or "hr" } rule && rule.NextSibling is null) rule.Remove();
        return body.InnerHtml.Trim();
    }

    /// <summary>As much of a text as holds so many words.</summary>
    private static (string Kept, int Count, bool IsCut) Take(string text, int most)
    {
        var count = 0;
        var at = 0;
        while (at < text.Length)
        {
            var from = at;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            var words = CopiedWords.CountAll(text[from..at]);
            if (count + words <= most)
            {
                count += words;
                continue;
            }

            // A run without spaces is cut within.
            var part = from;
            while (part < at && SearchWords.IsUnspaced(text[part]) && !char.IsSurrogate(text[part]) && count < most)
            {
                part++;
                count++;
            }

            return (text[..part], count, IsCut: true);
        }

        return (text, count, IsCut: false);
    }
}
