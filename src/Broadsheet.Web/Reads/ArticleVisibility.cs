using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Who may see an article at its address: everyone what is public (<see cref="PubliclyVisible"/>), staff what is private.</summary>
internal static class ArticleVisibility
{
    public static async ValueTask<bool> IsVisibleAsync(AddressRequest request, ArticleRow row, CancellationToken ct) => row.Status == ArticleStatus.Private
        ? row.Kind != ArticleKind.Other && CurrentPerson.Of(request.Http) is { } reader && !reader.LacksStep(request.Site.Publication) && (reader.Role.May(Permission.EditAny) || reader.Id == row.AuthorId)
        : await IsPublicAsync(request.Db, row, ct);

    /// <summary>Everyone may open it. Only an attachment costs a statement.</summary>
    public static async ValueTask<bool> IsPublicAsync(BroadsheetDb db, ArticleRow row, CancellationToken ct) =>
        row.Kind == ArticleKind.Attachment ? await db.PublicPages().AnyAsync(a => a.Id == row.Id, ct) : PubliclyVisible.HasPublicPage(row.Kind, row.Status);
}
