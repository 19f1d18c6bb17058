namespace Broadsheet.Web.Theming.Views;

/// <summary>One page of an article's discussion: a flat list in reading order, with the form.</summary>
/// <param name="Label"><c>12 comments</c>, in words.</param>
/// <param name="Form">Null where nobody may comment here now; <see cref="ClosedNote"/> says why.</param>
/// <param name="KeptWords">What a writer sent although nobody may comment, given back to be copied; null for none.</param>
internal sealed record ThreadView(
    int Count, string Label, IReadOnlyList<CommentView> Comments, IReadOnlyList<CommentView> Pings, IReadOnlyList<LinkView> Pages, string? OlderUrl, string? NewerUrl,
    FormView? Form, string? ClosedNote, string? KeptWords);

/// <summary>One comment in the flat list. A theme nests by <see cref="Opens"/> and <see cref="Closes"/>.</summary>
/// <param name="Level">1 for top-level.</param>
/// <param name="Opens">The next comment is a reply to this one: a list of replies opens.</param>
/// <param name="Closes">How many lists of replies end after this comment.</param>
/// <param name="IsTombstone">Removed, with replies below: no name, no words.</param>
/// <param name="IsHeld">Only its author sees it.</param>
internal sealed record CommentView(
    long Id, string Number, string Url, int Level, bool Opens, int Closes, string Author, string? AuthorUrl, bool IsByAuthor, DateView Date, SafeHtml Body,
    bool IsTombstone, bool IsHeld, string? ReplyUrl, string? InReplyTo, string? InReplyToUrl, string? InReplyToAuthor, string Classes);

/// <summary>The reply form, empty or with the words of a writer who has to mend something.</summary>
/// <param name="Token">Proves article and time; valid for 7 days.</param>
/// <param name="Problem">A sentence for the writer; null for none.</param>
/// <param name="ProblemField">The field it is about.</param>
/// <param name="ReplyTo">Whom the reply answers, as <c>12.3 by Ann</c>; null for a new thread.</param>
internal sealed record FormView(
    string Action, long ArticleId, long ParentId, string Token, string Comment, string Author, string Email, string Url, bool Remember, bool NameAndEmailRequired,
    string? Problem, string? ProblemField, string? ReplyTo, string? CancelUrl, string? SignedInAs);
