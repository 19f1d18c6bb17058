using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>Who may write in an article's discussion, and how fast: the publication's rules, where the article has none of its own.</summary>
/// <param name="ClosesAt">When it closes by its age; null for never.</param>
/// <param name="SlowSeconds">Between two comments of one person in this discussion; 0 for none.</param>
internal sealed record DiscussionDoor(bool IsOpen, DateTimeOffset? ClosesAt, bool StaffOnly, bool SignInToComment, int SlowSeconds, bool HoldFirst, bool HoldAll, int HoldLinks)
{
    public static DiscussionDoor Of(Publication publication, ArticleRow article, DateTimeOffset now)
    {
        var own = article.Discussion;
        var closes = DiscussionRules.ClosesAt(article.PublishedAt, own?.CloseAfterDays ?? publication.CloseAfterDays);
        return new DiscussionDoor(
            article.CommentsOpen && publication.CommentsOpen && !(closes <= now), closes, own?.StaffOnly ?? publication.StaffOnly, publication.SignInToComment, own?.SlowSeconds ?? publication.SlowSeconds, own?.HoldFirst ?? publication.HoldFirst,
            own?.HoldAll ?? publication.HoldAll, own?.HoldLinks ?? publication.HoldLinks);
    }

    /// <summary>The publication's rules on comments, as they are in this discussion.</summary>
    public ScreeningRules Rules(Publication publication) => publication.Rules with { HoldFirst = HoldFirst, HoldAll = HoldAll, HoldLinks = HoldLinks };

    /// <returns>Why this reader may not comment, in a sentence for them; null where they may.</returns>
    /// <param name="person">Null for a guest.</param>
    public string? Refuses(CurrentPerson? person)
    {
        var isStaff = person?.Role.IsStaff() == true;
        if (!IsOpen) return "Comments are closed.";
        if (StaffOnly && !isStaff) return "Only the staff writes here.";
        return SignInToComment && person is null ? "Sign in to comment." : null;
    }

    /// <summary>What the page shows differs for those who are signed in.</summary>
    public bool DependsOnSession => IsOpen && (StaffOnly || SignInToComment);
}
