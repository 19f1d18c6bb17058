namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Under which head an item counts (design §3).</summary>
public enum WxrItemKind
{
    /// <summary>Any other post type (menu items, revisions, a plugin's), or none named.</summary>
    Other,
    Post,
    Page,
    Attachment,
}

/// <summary>An item (post, page, attachment, …) with everything that stands before its first comment.</summary>
public sealed record WxrItem(int Line) : WxrRecord(Line)
{
    /// <summary>Its place among the items of the file, from 1: stable for the same file, so a checkpoint can name it.</summary>
    public required long Ordinal { get; init; }
    /// <summary><c>wp:post_id</c>; where that is missing, the number of a <c>?p=</c> link or guid; null when there is none.</summary>
    public long? Id { get; init; }
    public string Title { get; init; } = "";
    public string Link { get; init; } = "";
    public DateTimeOffset? Published { get; init; }
    /// <summary>The author's login (<c>dc:creator</c>, else a bare <c>wp:author</c>).</summary>
    public string Creator { get; init; } = "";
    public string Guid { get; init; } = "";
    public bool GuidIsPermaLink { get; init; }
    /// <summary>RSS <c>description</c>; empty in WordPress's own files.</summary>
    public string Description { get; init; } = "";
    public string Content { get; init; } = "";
    public string Excerpt { get; init; } = "";
    /// <summary>Local time of the publication. Null for <c>0000-00-00 00:00:00</c>, missing or unreadable.</summary>
    public DateTime? PostDate { get; init; }
    /// <summary>UTC. Null for a draft that never had a date (<c>0000-00-00 00:00:00</c>).</summary>
    public DateTimeOffset? PostDateGmt { get; init; }
    /// <inheritdoc cref="PostDate"/>
    public DateTime? Modified { get; init; }
    /// <summary>UTC; null as <see cref="PostDateGmt"/>.</summary>
    public DateTimeOffset? ModifiedGmt { get; init; }
    /// <summary><c>open</c>, <c>closed</c> or <c>""</c>.</summary>
    public string CommentStatus { get; init; } = "";
    /// <summary><c>open</c>, <c>closed</c> or <c>""</c>.</summary>
    public string PingStatus { get; init; } = "";
    /// <summary><c>wp:post_name</c>, percent-encoded as WordPress stores other scripts.</summary>
    public string Slug { get; init; } = "";
    /// <summary><c>publish draft pending private future trash auto-draft inherit</c>, a plugin's, or <c>""</c>.</summary>
    public string Status { get; init; } = "";
    /// <summary>Null for none (0 in the file).</summary>
    public long? ParentId { get; init; }
    public int MenuOrder { get; init; }
    /// <summary><c>post page attachment nav_menu_item revision …</c>, or <c>""</c> when the file names none (WordPress would take a post).</summary>
    public string PostType { get; init; } = "";
    public string Password { get; init; } = "";
    public bool Sticky { get; init; }
    public string AttachmentUrl { get; init; } = "";
    public IReadOnlyList<WxrItemTerm> Terms { get; init; } = [];
    /// <summary>All of it, a key may repeat; <see cref="KeptMeta"/> says which keys are worth a place.</summary>
    public IReadOnlyList<WxrMeta> Meta { get; init; } = [];

    /// <summary>Under which head it counts.</summary>
    public WxrItemKind Kind => PostType switch
    {
        "post" => WxrItemKind.Post,
        "page" => WxrItemKind.Page,
        "attachment" => WxrItemKind.Attachment,
        _ => WxrItemKind.Other,
    };
}

/// <summary>A comment, pingback or trackback of the item before it. Its parent may come later, or not exist.</summary>
public sealed record WxrComment(int Line) : WxrRecord(Line)
{
    /// <summary>Its place among the comments of the whole file, from 1.</summary>
    public required long Ordinal { get; init; }
    /// <summary>Null when missing or not a number (with a warning).</summary>
    public long? Id { get; init; }
    public string Author { get; init; } = "";
    public string AuthorEmail { get; init; } = "";
    public string AuthorUrl { get; init; } = "";
    public string AuthorIp { get; init; } = "";
    /// <summary>Local time of the publication.</summary>
    public DateTime? Date { get; init; }
    /// <summary>UTC.</summary>
    public DateTimeOffset? DateGmt { get; init; }
    public string Content { get; init; } = "";
    /// <summary><c>1 0 spam trash post-trashed</c>; <c>""</c> means held.</summary>
    public string Approved { get; init; } = "";
    /// <summary><c>comment pingback trackback note</c>; <c>""</c> is a comment.</summary>
    public string Type { get; init; } = "";
    /// <summary>Null at the top (0 in the file).</summary>
    public long? ParentId { get; init; }
    /// <summary>The registered writer's id; null for a guest (0). Such a person need not be among the authors.</summary>
    public long? UserId { get; init; }
    public IReadOnlyList<WxrMeta> Meta { get; init; } = [];

    /// <summary>A pingback or trackback, which has no number and no place in a thread.</summary>
    public bool IsPing => Type is "pingback" or "trackback";
}

/// <summary>The end of an item.</summary>
/// <param name="Revised">
/// The whole item again when a field, term or meta stood after its first comment (hand-made files; WordPress writes comments
/// last), else null. An importer writes <c>end.Revised ?? item</c> and need not compare.
/// </param>
/// <param name="Comments">How many comments the item had.</param>
public sealed record WxrItemEnd(int Line, WxrItem? Revised, long Comments) : WxrRecord(Line);
