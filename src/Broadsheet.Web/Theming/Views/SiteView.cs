namespace Broadsheet.Web.Theming.Views;

/// <summary>What every page may say of the publication.</summary>
/// <param name="Theme">The name of the theme's folder.</param>
/// <param name="Look">Classes of what an editor chose of the theme's looks, with spaces between; empty for the usual ones.</param>
internal sealed record SiteView(
    string Title, string Tagline, string Language, string Direction, string HomeUrl, string FeedUrl, string CommentsFeedUrl, string SearchUrl,
    string Stylesheet, string Script, DateView Today, IReadOnlyList<LinkView> Menu, IReadOnlyList<LinkView> Sections, string Theme, string Look);

/// <summary>A link with its words. <see cref="IsCurrent"/>: it leads to the page that is being read.</summary>
/// <param name="IsAfterGap">In a row of pages: some between the one before and this one are left out.</param>
/// <param name="Language">What the words are in; empty for the publication's language.</param>
internal sealed record LinkView(string Text, string Url, bool IsCurrent = false, bool IsAfterGap = false, string Language = "");

/// <summary>A moment in the publication's zone, in the forms that pages need.</summary>
/// <param name="Iso">RFC 3339, with offset, for <c>datetime</c>.</param>
/// <param name="Long">As in <c>February 20, 2020</c>, in the publication's language.</param>
internal sealed record DateView(string Iso, string Long, string Short, string Time, string ArchiveUrl);

/// <summary>What stands in <c>head</c>.</summary>
/// <param name="Canonical">Null where the page has no better address than its own.</param>
/// <param name="Robots">Null: nothing to say.</param>
/// <param name="JsonLd">schema.org data, already encoded for a script element; empty for none.</param>
internal sealed record HeadView(
    string Title, string Description, string? Canonical, string? Robots, IReadOnlyList<HeadLink> Links, string OgType, string? Image, SafeHtml JsonLd);

internal sealed record HeadLink(string Rel, string Href, string? Type = null, string? Title = null);
