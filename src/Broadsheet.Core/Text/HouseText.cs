using System.Collections.Frozen;

namespace Broadsheet.Core.Text;

/// <summary>What the staff says beside a discussion: its guidelines, an announcement, a note. Short Markdown that looks as comments do: no headings, images or tables, so that it fits below any. Its links are the publication's own, without <c>nofollow ugc</c>.</summary>
public static class HouseText
{
    private static readonly TidyOptions Tidy = new(MarkupPolicy.House);

    /// <param name="markdown">May be empty, and then nothing is shown.</param>
    public static SafeHtml Render(string markdown) =>
        string.IsNullOrWhiteSpace(markdown) ? SafeHtml.Empty : Sanitiser.Clean(MarkdownBody.ToMarkup(markdown.ReplaceLineEndings("\n"), cards: false, out _).Trim(), Tidy, FrozenSet<string>.Empty, null).Html;
}
