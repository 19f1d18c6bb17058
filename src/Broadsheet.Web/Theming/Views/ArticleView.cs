namespace Broadsheet.Web.Theming.Views;

/// <summary>An article or a page, in a list or by itself.</summary>
/// <param name="Body">One page of the body by itself; empty in a list.</param>
/// <param name="IsProtected">A password is wanted first: body and discussion are not here.</param>
internal sealed record ArticleView(
    long Id, string Kind, string Url, SafeHtml Title, string TitleText, CreditView? Credit, SafeHtml Body, string Summary, AuthorView? Author,
    DateView? Published, DateView? Modified, IReadOnlyList<LinkView> Categories, IReadOnlyList<LinkView> Tags, int CommentCount, string CommentsLabel,
    string CommentsUrl, ImageView? Image, bool IsSticky, bool IsProtected, string Classes, IReadOnlyList<LinkView> Pages, LinkView? Previous, LinkView? Next)
{
    /// <summary>Its tag where it is not the publication's; else empty.</summary>
    public string Language { get; init; } = "";

    /// <summary><c>ltr</c> or <c>rtl</c> where <see cref="Language"/> is given; else empty.</summary>
    public string Direction { get; init; } = "";

    /// <summary>Corrections and updates, newest first.</summary>
    public IReadOnlyList<ChangeView> Changes { get; init; } = [];

    /// <summary>Where a reader says what is wrong in it; null where nobody is asked.</summary>
    public string? CorrectionUrl { get; init; }
}

/// <summary>One change that readers are told of.</summary>
/// <param name="Word"><c>Corrected</c> or <c>Updated</c>.</param>
/// <param name="Url">Where its words are shown beside those before.</param>
internal sealed record ChangeView(string Word, DateView At, string Note, string Url);

/// <summary>A change by itself.</summary>
/// <param name="Parts">Every word of both versions, in order.</param>
internal sealed record CorrectionView(ChangeView Change, LinkView Article, IReadOnlyList<ChangedText> Parts);

/// <summary>The form in which a reader says what is wrong in an article.</summary>
/// <param name="Problem">A sentence on what has to be mended; null for none.</param>
internal sealed record CorrectionRequestView(long Id, LinkView Article, string Words, string Name, string Email, string? Problem);

/// <param name="Mark"><c>del</c>, <c>ins</c>, or empty for what both have.</param>
internal sealed record ChangedText(string Mark, string Text);

/// <summary>Where a republished item comes from: the line above its text.</summary>
/// <param name="Url">The original; null where it is not known.</param>
/// <param name="Dateline">The original's date in words; null where it is not known.</param>
internal sealed record CreditView(string Outlet, string? Url, string? Dateline, string? DateIso, string? Author);

internal sealed record AuthorView(string Name, string Url);

/// <param name="Sources">For <c>srcset</c>; the theme says in <c>sizes</c> how wide it shows the picture. Null where there is only this one.</param>
internal sealed record ImageView(string Url, string Alt, int? Width, int? Height, string? Sources)
{
    /// <summary>Classes for where the picture is cut, of its focal point; empty for the middle.</summary>
    public string Focus { get; init; } = "";
}
