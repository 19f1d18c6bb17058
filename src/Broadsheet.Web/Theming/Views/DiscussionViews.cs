namespace Broadsheet.Web.Theming.Views;

/// <summary>Who likes something.</summary>
/// <param name="Text"><c>Liked by 12 people</c>; empty for nobody.</param>
/// <param name="What">What is liked, in words.</param>
/// <param name="Others">How many more like it who are not named.</param>
/// <param name="ShowsOwn">Whether this reader agreed to be named; null for a guest.</param>
/// <param name="Back">This page's own address.</param>
internal sealed record LikesView(string Text, string What, string Url, IReadOnlyList<LikerView> People, int Others, bool? ShowsOwn, string Back);

internal sealed record LikerView(string Name, string? Url, AvatarView Avatar);

/// <summary>A comment that is to be reported, changed or deleted.</summary>
/// <param name="Title"><c>12.3 by Ann</c>.</param>
/// <param name="Body">As readers see it.</param>
/// <param name="Words">As its author wrote it, or would have it now.</param>
/// <param name="Problem">A sentence on what has to be mended; null for none.</param>
/// <param name="Note">What the reporter wrote; may be empty.</param>
/// <param name="Until">Until when its author may change it, in words; null where that is not asked.</param>
/// <param name="HasReplies">Something would stay in its place.</param>
/// <param name="AuthorKey">Whom a reader may mute here; empty where nobody.</param>
/// <param name="WantsAnswer">The reporter asks to be mailed what comes of it; null where that is not offered: a guest, or an account without a proven address.</param>
internal sealed record CommentTaskView(long Id, string Title, string Url, SafeHtml Body, string Words, string? Problem, IReadOnlyList<ReasonView> Reasons, string Note, string? Until, bool HasReplies, string AuthorKey = "", string Author = "", bool IsMuted = false, bool? WantsAnswer = null);

/// <summary>A comment that is not published, and whose author asks for another look.</summary>
/// <param name="Body">As readers would see it.</param>
/// <param name="Reason">Why it is not published, in a sentence.</param>
/// <param name="Words">What its author says; may be empty.</param>
/// <param name="Problem">A sentence on what has to be mended; null for none.</param>
internal sealed record AppealView(long Id, string Title, string Url, SafeHtml Body, string Reason, string Words, string? Problem);

/// <summary>A comment of which somebody gives legal notice.</summary>
/// <param name="Title"><c>12.3 by Ann</c>.</param>
/// <param name="Problem">A sentence on what has to be mended; null for none.</param>
internal sealed record NoticeView(long Id, string Title, string Url, SafeHtml Body, string Law, string Explanation, string More, string Name, string Email, bool IsOfChildren, bool IsGoodFaith, string? Problem);

internal sealed record ReasonView(string Value, string Text, bool IsChosen);

/// <summary>Whom a reader has muted.</summary>
internal sealed record MutesView(IReadOnlyList<MuteView> People);

internal sealed record MuteView(string Key, string Name);
