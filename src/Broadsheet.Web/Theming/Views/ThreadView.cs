namespace Broadsheet.Web.Theming.Views;

/// <summary>One part of an article's discussion: a flat list in reading order, with the form.</summary>
/// <param name="Label"><c>12 comments</c>, in words.</param>
/// <param name="Likes">Of the article, in words (<c>12 readers like this</c>); empty for none.</param>
/// <param name="LikesArticle">This reader does already; only where the page is rendered for them.</param>
/// <param name="LikesOpen">Somebody who is not signed in may like, too.</param>
/// <param name="Featured">What staff put on top; they stand at their own place as well.</param>
/// <param name="Orders">The orders to choose from; empty where there is nothing to order.</param>
/// <param name="Branch">What stretch of which comment's replies this is; null for a page of the discussion.</param>
/// <param name="Pages">In the order of numbers: the pages to go to.</param>
/// <param name="SearchUrl">Where its words are looked for; null where there are few.</param>
/// <param name="Form">Null where nobody may comment here now; <see cref="ClosedNote"/> says why.</param>
/// <param name="KeptWords">What a writer sent although nobody may comment, given back to be copied; null for none.</param>
internal sealed record ThreadView(
    long ArticleId, int Count, string Label, string Likes, string LikesUrl, bool LikesArticle, bool LikesOpen, IReadOnlyList<CommentView> Comments, IReadOnlyList<CommentView> Featured, IReadOnlyList<CommentView> Pings,
    IReadOnlyList<LinkView> Orders, BranchView? Branch, IReadOnlyList<LinkView> Pages, LinkView? Previous, LinkView? Next, string? SearchUrl, FormView? Form, string? ClosedNote, string? KeptWords)
{
    /// <summary>What the publication says above every discussion; null for nothing.</summary>
    public SafeHtml? Announcement { get; init; }

    /// <summary>What its editors say above this one; null for nothing.</summary>
    public SafeHtml? Note { get; init; }
}

/// <param name="Text"><c>Replies 51 to 100 below 12</c>.</param>
/// <param name="AllUrl">The page of the discussion that it belongs to.</param>
internal sealed record BranchView(string Text, string AllUrl);

/// <summary>One comment in the flat list. A theme nests by <see cref="Opens"/> and <see cref="Closes"/>.</summary>
/// <param name="Level">1 for top-level.</param>
/// <param name="Label">What it is, for those who hear the page: number, author, level.</param>
/// <param name="Opens">The next comment is a reply to this one: a list of replies opens.</param>
/// <param name="Closes">How many lists of replies end after this comment.</param>
/// <param name="Replies">In words, where a list of replies opens.</param>
/// <param name="IsTombstone">Removed, with replies below: no name, no words.</param>
/// <param name="IsHeld">Only its author sees it.</param>
/// <param name="Note">To its author: what became of it; null for the rest.</param>
/// <param name="IsMuted">This reader does not wish to read its author; only where the page is rendered for them.</param>
/// <param name="Likes"><c>Liked by 12 people</c>; empty for none.</param>
/// <param name="MayEdit">This reader wrote it a moment ago; only where the page is rendered for them.</param>
/// <param name="MayFeature">This reader chooses what stands on top; only where the page is rendered for them.</param>
/// <param name="More">The last of its thread on this page: where the rest of the replies is.</param>
/// <param name="NextUrl">Past its replies, to the next comment of its level or above; null where there are no replies to pass.</param>
/// <param name="AuthorKey">The same for all comments of one author; says nothing else of them.</param>
internal sealed record CommentView(
    long Id, string Number, string Url, int Level, string Label, bool Opens, int Closes, string Replies, string Author, string? AuthorUrl, AvatarView? Avatar, bool IsByAuthor, bool IsStaff, bool IsFeatured, DateView Date,
    string? Edited, SafeHtml Body, bool IsTombstone, bool IsHeld, string? Note, bool IsMuted, string Likes, bool IsLiked, bool MayEdit, bool MayFeature, LinkView? More, string? NextUrl, string? ReplyUrl, string? InReplyTo, string? InReplyToUrl,
    string? InReplyToAuthor, string AuthorKey, string Classes)
{
    /// <summary>Where its author asks for another look; null where there is no asking, and for everyone else.</summary>
    public string? AppealUrl { get; init; }
}

/// <summary>A picture, or initials on one of twelve grounds.</summary>
/// <param name="Url">On this server; null where there are initials only.</param>
/// <param name="Tone">0 to 11.</param>
internal sealed record AvatarView(string? Url, string Initials, int Tone);

/// <summary>The reply form, empty or with the words of a writer who has to mend something.</summary>
/// <param name="Token">Proves article and time; valid for 7 days.</param>
/// <param name="Problem">A sentence for the writer; null for none.</param>
/// <param name="ProblemField">The field it is about.</param>
/// <param name="ReplyTo">Whom the reply answers, as <c>12.3 by Ann</c>; null for a new thread.</param>
/// <param name="Preview">The words as they will look; null where nobody asked.</param>
internal sealed record FormView(
    string Action, long ArticleId, long ParentId, string Token, string Comment, string Author, string Email, string Url, bool Remember, bool NameAndEmailRequired,
    string? Problem, string? ProblemField, string? ReplyTo, string? CancelUrl, string? SignedInAs, SafeHtml? Preview)
{
    public required FollowChoicesView Follow { get; init; }

    /// <summary>Its writer was asked to think again: the form says so when it comes back.</summary>
    public bool IsNudged { get; init; }

    /// <summary>Who screens comments: a sentence. How data is used stands at <c>/privacy/comments/</c>.</summary>
    public required string Screened { get; init; }

    /// <summary>How to behave here; null for nothing.</summary>
    public SafeHtml? Guidelines { get; init; }
    public string GuidelinesTitle { get; init; } = "";

    /// <summary>Where a script asks for the sum that a browser works out before it sends the comment; null where none is ever asked for.</summary>
    public string? WorkUrl { get; init; }

    /// <summary>The e-mail address of the account of who is signed in; null for a guest.</summary>
    public string? Address { get; init; }

    /// <summary>Of who is signed in; null for a guest.</summary>
    public AvatarView? Avatar { get; init; }

    /// <summary>The account elsewhere by which they signed in, such as <c>Google</c>; null for none.</summary>
    public string? Via { get; init; }

    /// <summary>Accounts elsewhere by which readers may sign in.</summary>
    public IReadOnlyList<WayView> Ways { get; init; } = [];
}
