using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Who may see an article at its address: everyone what is published; staff the rest.</summary>
internal static class ArticleVisibility
{
    public static async ValueTask<bool> IsVisibleAsync(AddressRequest request, ArticleRow row, CancellationToken ct) => row.Status switch
    {
        ArticleStatus.Published => row.Kind is not ArticleKind.Other,
        ArticleStatus.Inherit => row.ParentId is not { } parent || parent == 0 || await IsParentPublicAsync(request, parent, ct),
        ArticleStatus.Private => CurrentPerson.Of(request.Http) is { } reader && (reader.Role.May(Permission.EditAny) || reader.Id == row.AuthorId),
        ArticleStatus.Draft or ArticleStatus.InReview or ArticleStatus.Scheduled => request.Http.Request.Query.ContainsKey("preview")
            && CurrentPerson.Of(request.Http) is { } writer && (writer.Role.May(Permission.EditAny) || writer.Id == row.AuthorId),
        _ => false,
    };

    /// <summary>An attachment of an article that is gone or hidden is as hidden; one whose parent is not here stands alone.</summary>
    private static async Task<bool> IsParentPublicAsync(AddressRequest request, long parent, CancellationToken ct)
    {
        var status = await request.Db.Articles.Where(a => a.Id == parent).Select(a => (ArticleStatus?)a.Status).FirstOrDefaultAsync(ct);
        return status is null or ArticleStatus.Published or ArticleStatus.Inherit;
    }
}
