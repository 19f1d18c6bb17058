using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>One of the things that are done to several articles at once.</summary>
/// <param name="Name">As the form has it.</param>
/// <param name="Words">What it is called where it is chosen.</param>
/// <param name="Done">What became of them, after their number.</param>
internal sealed record BulkDeed(string Name, string Words, string Done)
{
    /// <summary>The harmless ones first.</summary>
    private static readonly BulkDeed[] All =
    [
        new("category", "add the category", "got the category"), new("tag", "add the tag", "got the tag"), new("publish", "publish", "published"), new("draft", "back to a draft", "back to drafts"),
        new("restore", "put back from the trash", "put back"), new("trash", "to the trash", "in the trash"),
    ];

    public static BulkDeed? Of(string name) => Array.Find(All, d => d.Name == name);

    /// <returns>Those that this person can do to one of these articles at least.</returns>
    public static IReadOnlyList<BulkDeed> Offered(CurrentPerson person, ArticleKind kind, IReadOnlyCollection<(long? AuthorId, ArticleStatus Status)> articles) =>
        [.. All.Where(d => articles.Any(a => WhyNot(d.Name, person, kind, a.AuthorId, a.Status) is null))];

    /// <returns>Why this person cannot do it to such an article; null where they can.</returns>
    public static string? WhyNot(string name, CurrentPerson person, ArticleKind kind, long? authorId, ArticleStatus status)
    {
        if (!ArticleRights.MayEdit(person, kind, authorId, status)) return "not yours to change";
        return name switch
        {
            "publish" when !ArticleRights.MayPublish(person, kind, authorId) => "not yours to publish",
            "publish" when status == ArticleStatus.Published => "published already",
            "publish" or "draft" or "trash" when status == ArticleStatus.Trashed => name == "trash" ? "in the trash already" : "in the trash",
            "draft" when status is not (ArticleStatus.Published or ArticleStatus.Scheduled or ArticleStatus.InReview or ArticleStatus.Private) => "a draft already",
            "restore" when status != ArticleStatus.Trashed => "not in the trash",
            "category" or "tag" when kind != ArticleKind.Article => "a page: it is filed under nothing",
            _ => null,
        };
    }
}
