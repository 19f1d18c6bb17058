namespace Broadsheet.Web.Data.Records;

internal enum NoticeState
{
    Open = 0,

    /// <summary>The comment does not stay.</summary>
    Acted = 1,

    /// <summary>The comment stays.</summary>
    Refused = 2,
}

/// <summary>
/// Somebody says that a comment breaks the law (Regulation (EU) 2022/2065, article 16), and what was decided and why (article 17). Kept when the comment itself is gone.
/// </summary>
internal sealed class LegalNotice
{
    public long Id { get; set; }

    /// <summary>No reference: the comment may be deleted.</summary>
    public long CommentId { get; set; }

    /// <summary>The comment's words when the notice came, as safe HTML.</summary>
    public string CommentHtml { get; set; } = "";

    /// <summary>Which law, or what is unlawful about it.</summary>
    public string Law { get; set; } = "";
    public string Explanation { get; set; } = "";

    /// <summary>Addresses of more comments of the same kind, as typed; may be empty.</summary>
    public string More { get; set; } = "";

    /// <summary>Who gives notice; empty where it is about the abuse of children, which may be told without a name.</summary>
    public string Name { get; set; } = "";
    public string Email { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public NoticeState State { get; set; }

    /// <summary>Removed because of a law, or because of the publication's own rules; null while open, or where it stays.</summary>
    public bool? IsByLaw { get; set; }

    /// <summary>The statement of reasons: facts and why, as the writer and whoever gave notice read it; empty while open.</summary>
    public string Statement { get; set; } = "";
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Null while open, and for someone who is gone.</summary>
    public long? DecidedById { get; set; }
}
