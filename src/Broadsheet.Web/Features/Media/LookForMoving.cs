using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Media;

/// <summary>Looks which of the pictures that came in before this was noted move: their smaller copies, of which there are none, are no longer offered.</summary>
internal sealed class LookForMoving(IDatabaseEngine engine, Writes writes, UploadedFiles files) : IRecurring
{
    private const int AtOnce = 100;

    private static readonly string[] Types = [RasterPicture.WebP, RasterPicture.Avif, "image/png"];

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        var rows = await db.Media.Where(m => m.Moves == null && m.Bytes != null && Types.Contains(m.MimeType)).OrderBy(m => m.ArticleId).Take(AtOnce).Select(m => new { m.ArticleId, m.Path }).ToListAsync(ct);
        var seen = new Dictionary<long, bool>();
        foreach (var row in rows) seen[row.ArticleId] = await files.FindAsync(row.Path, ct) is { Moves: true };
        if (seen.Count > 0) await writes.RunAsync((scope, token) => NoteAsync(scope, seen, token), ct);
        return rows.Count == AtOnce;
    }

    private static async Task NoteAsync(WriteScope scope, Dictionary<long, bool> seen, CancellationToken ct)
    {
        foreach (var media in await scope.Db.Media.AsTracking().Where(m => m.Moves == null && seen.Keys.Contains(m.ArticleId)).ToListAsync(ct))
        {
            media.Seen(seen[media.ArticleId]);
            if (media.Moves != true) continue;
            await MediaUseLedger.EvictUsersAsync(scope, media.ArticleId, ct);
            scope.Enqueue(MediaLedger.RenderUsers, media.ArticleId.ToString(CultureInfo.InvariantCulture));
        }
    }
}
