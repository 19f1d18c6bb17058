namespace Broadsheet.Core.Discussion;

/// <summary>Who sees a comment (WordPress's <c>comment_approved</c>: 1, 0, spam, trash).</summary>
public enum Standing
{
    /// <summary>Every reader.</summary>
    Shown = 0,

    /// <summary>Its author and moderators, until one decides.</summary>
    Held = 1,
    Spam = 2,
    Trashed = 3,
}

/// <summary>WordPress's <c>comment_type</c>.</summary>
public enum CommentKind
{
    Comment = 0,
    Pingback = 1,
    Trackback = 2,

    /// <summary>A staff note or a plug-in's type: kept, never shown to readers.</summary>
    Other = 3,
}

/// <summary>How a comment's body was written.</summary>
public enum CommentFormat
{
    /// <summary>Typed into our form.</summary>
    Written = 0,

    /// <summary>Stored HTML of a WordPress comment.</summary>
    WordPress = 1,
}
