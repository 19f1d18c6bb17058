namespace Broadsheet.Core.Text;

/// <summary>The part of a body before <c>&lt;!--more--&gt;</c>.</summary>
/// <param name="Html">The teaser; the whole first page when there is no marker.</param>
/// <param name="HasMore">Whether there was a marker.</param>
/// <param name="MoreText">The words of <c>&lt;!--more words--&gt;</c>, plain text; null when the marker has none.</param>
public sealed record Teaser(SafeHtml Html, bool HasMore, string? MoreText);

/// <summary>Takes a rendered body apart. The markers stand at the top level, so each part is whole.</summary>
public static class ArticleBody
{
    private const string NextPage = "<!--nextpage-->";
    private const string MoreStart = "<!--more";

    /// <summary>The pages of a body, without markers; never empty, and a body without <c>&lt;!--nextpage--&gt;</c> is one page.</summary>
    public static IReadOnlyList<SafeHtml> Pages(SafeHtml body)
    {
        var parts = body.Value.Split(NextPage);
        // A marker at the very beginning parts nothing, as in WordPress.
        var skip = parts.Length > 1 && string.IsNullOrWhiteSpace(parts[0]) ? 1 : 0;
        return [.. parts.Skip(skip).Select(static p => new SafeHtml(WithoutMore(p).Trim()))];
    }

    /// <summary>What lists and feeds show of a body.</summary>
    public static Teaser Teaser(SafeHtml body)
    {
        var text = body.Value;
        var page = text.IndexOf(NextPage, StringComparison.Ordinal);
        if (page == 0) page = text.IndexOf(NextPage, NextPage.Length, StringComparison.Ordinal);
        var first = (page < 0 ? text : text[..page]).Replace(NextPage, "", StringComparison.Ordinal);
        var at = first.IndexOf(MoreStart, StringComparison.Ordinal);
        if (at < 0) return new Teaser(new SafeHtml(first.Trim()), HasMore: false, MoreText: null);
        var from = at + MoreStart.Length;
        var end = first.IndexOf("-->", from, StringComparison.Ordinal);
        var words = first[from..end].Trim();
        return new Teaser(new SafeHtml(first[..at].Trim()), HasMore: true, words.Length > 0 ? words : null);
    }

    private static string WithoutMore(string page)
    {
        var at = page.IndexOf(MoreStart, StringComparison.Ordinal);
        if (at < 0) return page;
        var end = page.IndexOf("-->", at, StringComparison.Ordinal);
        return page[..at] + page[(end + 3)..];
    }
}
