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

    /// <summary>The last one looked at in this round.</summary>
    private long _last;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        var rows = await db.Media.Where(m => m.ArticleId > _last && m.Moves == null && m.Bytes != null && Types.Contains(m.MimeType)).OrderBy(m => m.ArticleId).Take(AtOnce).Select(m => new { m.ArticleId, m.Path }).ToListAsync(ct);
        var seen = new Dictionary<long, bool>();
        foreach (var row in rows)
            if (await FindAsync(row.Path, ct) is { } file) seen[row.ArticleId] = file.Moves;
        if (seen.Count > 0) await writes.RunAsync((scope, token) => NoteAsync(scope, seen, token), ct);
        _last = rows.Count == AtOnce ? rows[^1].ArticleId : 0;
        return rows.Count == AtOnce;
    }

    /// <summary>One that cannot be found or read now is looked for again in the next round.</summary>
    private async Task<StoredFile?> FindAsync(string path, CancellationToken ct)
    {
        try
        {
            return await files.FindAsync(path, ct);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not MediaAwayException))
        {
            return null;
        }
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
