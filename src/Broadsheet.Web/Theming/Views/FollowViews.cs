namespace Broadsheet.Web.Theming.Views;

/// <summary>The box beside a discussion by which a reader follows it.</summary>
/// <param name="Action">Where its form goes.</param>
/// <param name="IsOpen">New comments may come: there is something to follow.</param>
/// <param name="FeedUrl">The discussion as an Atom feed.</param>
/// <param name="BranchFeedUrl">The same of the comment that is being answered, with what stands below it; null for none.</param>
/// <param name="SignedInAs">Whose account's address is taken; null: the form asks for one.</param>
internal sealed record FollowView(string Action, long ArticleId, bool IsOpen, string FeedUrl, string? BranchFeedUrl, string? SignedInAs)
{
    /// <summary>Of the account of who is signed in; null for a guest, and where it is not known here.</summary>
    public string? Address { get; init; }
}

/// <summary>What a reader ticked in the reply form, to be ticked again where the form comes back.</summary>
internal sealed record FollowChoicesView(bool Replies, bool Thread, bool Articles);

/// <summary>A page about following by e-mail: words, and what there is to do.</summary>
/// <param name="Form">To ask for it; null for none.</param>
/// <param name="Button">The one thing that this page asks for; null for none.</param>
/// <param name="Things">What is followed, in words.</param>
internal sealed record FollowPageView(string Heading, IReadOnlyList<string> Texts, FollowFormView? Form, FollowButtonView? Button, IReadOnlyList<string> Things, IReadOnlyList<LinkView> Links);

/// <param name="ArticleId">Whose discussion; 0 for new articles.</param>
/// <param name="Problem">A sentence for the reader; null for none.</param>
/// <param name="SignedInAs">Whose account's address is taken; null: the form asks for one.</param>
internal sealed record FollowFormView(string Action, long ArticleId, string Email, bool IsDaily, string? Problem, string? SignedInAs);

internal sealed record FollowButtonView(string Action, string Text);

/// <summary>All that one address follows, to be changed.</summary>
/// <param name="Address">Shortened: the link may have been passed on.</param>
/// <param name="Notice">What was just done; null for nothing.</param>
internal sealed record FollowListView(string Action, string Address, string? Notice, IReadOnlyList<FollowedView> Followed);

/// <param name="Url">Where it is; null for an article that is not public (any more).</param>
/// <param name="Standing">Why it is not active, in words; null where it is.</param>
internal sealed record FollowedView(long Id, string What, string? Url, bool IsDaily, string? Standing);
