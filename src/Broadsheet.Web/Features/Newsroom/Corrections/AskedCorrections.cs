using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Newsroom.Corrections;

/// <summary>Whose requests for corrections are whose: everybody's for those who edit everything, else of one's own articles that one may still change.</summary>
internal static class AskedCorrections
{
    /// <summary>Those that wait, at articles that are not in the trash.</summary>
    public static IQueryable<CorrectionRequest> Of(BroadsheetDb db, CurrentPerson person) => For(db, person, db.CorrectionRequests.Where(r => r.State == CorrectionState.Open));

    public static IQueryable<CorrectionRequest> For(BroadsheetDb db, CurrentPerson person, IQueryable<CorrectionRequest> requests)
    {
        var articles = db.Articles.Where(a => a.Status != ArticleStatus.Trashed);
        if (!person.Role.May(Permission.EditAny)) articles = person.Role.May(Permission.PublishOwn) ? articles.Where(a => a.AuthorId == person.Id) : articles.Where(a => false);
        return requests.Where(r => articles.Any(a => a.Id == r.ArticleId));
    }
}
