using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Reading;

/// <summary>Where attachments have no pages, their address leads to the file (WordPress: <c>wp_attachment_pages_enabled</c> off).</summary>
internal static class AttachmentFile
{
    /// <returns>Null where the file is not here: then its page, with the alt text, is better than nothing.</returns>
    public static async Task<IResult?> RedirectAsync(AddressRequest request, ArticleRow row, CancellationToken ct)
    {
        var media = await request.Db.Media.FirstOrDefaultAsync(m => m.ArticleId == row.Id, ct);
        return media is { IsPresent: true } ? TypedResults.Redirect(media.Path, permanent: true) : null;
    }
}
