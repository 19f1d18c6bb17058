using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Reads;

/// <summary>Who may do what to which article: from the one table of permissions (<see cref="Permissions"/>), whose the article is, and where it stands.</summary>
internal static class ArticleRights
{
    public static bool MayWrite(CurrentPerson person, ArticleKind kind) => kind == ArticleKind.Page ? person.Role.May(Permission.EditAny) : person.Role.May(Permission.WriteDrafts);

    /// <summary>One's own while readers do not see it; with the right to publish, also then.</summary>
    public static bool MayEdit(CurrentPerson person, ArticleKind kind, long? authorId, ArticleStatus status)
    {
        if (person.Role.May(Permission.EditAny)) return true;
        if (kind != ArticleKind.Article || authorId != person.Id || !person.Role.May(Permission.WriteDrafts)) return false;
        return person.Role.May(Permission.PublishOwn) || status is ArticleStatus.Draft or ArticleStatus.InReview or ArticleStatus.AutoDraft or ArticleStatus.Trashed;
    }

    public static bool MayPublish(CurrentPerson person, ArticleKind kind, long? authorId) =>
        person.Role.May(Permission.EditAny) || (kind == ArticleKind.Article && authorId == person.Id && person.Role.May(Permission.PublishOwn));
}
