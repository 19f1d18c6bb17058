namespace Broadsheet.Core.Publishing;

/// <summary>What shares the one id space that <c>?p=ID</c> addresses (WordPress: <c>post_type</c>).</summary>
public enum ArticleKind
{
    /// <summary>WordPress <c>post</c>.</summary>
    Article = 0,
    Page = 1,
    Attachment = 2,

    /// <summary>An imported type without a page here (menu items, plug-ins' types); kept, never shown.</summary>
    Other = 3,
}

/// <summary>Where an article stands on its way to readers (WordPress: <c>post_status</c>).</summary>
public enum ArticleStatus
{
    Draft = 0,
    InReview = 1,
    Scheduled = 2,
    Published = 3,

    /// <summary>Readable by staff only, at its address.</summary>
    Private = 4,
    Trashed = 5,
    AutoDraft = 6,

    /// <summary>An attachment that is as visible as what it is attached to.</summary>
    Inherit = 7,
}

/// <summary>The names that WordPress's export and API use.</summary>
public static class WordPressNames
{
    private static readonly string[] Statuses = ["draft", "pending", "future", "publish", "private", "trash", "auto-draft", "inherit"];
    private static readonly string[] Kinds = ["post", "page", "attachment"];

    public static string Of(ArticleStatus status) => Statuses[(int)status];

    /// <summary>The name of <paramref name="kind"/>; <see cref="ArticleKind.Other"/> has none of its own and gives <paramref name="other"/>.</summary>
    public static string Of(ArticleKind kind, string? other = null) => kind == ArticleKind.Other ? other ?? "other" : Kinds[(int)kind];

    /// <summary>An unknown status is a draft: kept, and not shown by mistake.</summary>
    public static ArticleStatus Status(string? name) => Array.IndexOf(Statuses, name) is var i and >= 0 ? (ArticleStatus)i : ArticleStatus.Draft;

    public static bool IsStatus(string? name) => Array.IndexOf(Statuses, name) >= 0;

    public static ArticleKind Kind(string? name) => string.IsNullOrEmpty(name) ? ArticleKind.Article
        : Array.IndexOf(Kinds, name) is var i and >= 0 ? (ArticleKind)i : ArticleKind.Other;
}
