using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Files that were replaced or thrown away 30 days ago go for good, and what of an upload came in where the rest did not for a day; and whatever else came in and was left.</summary>
internal sealed class ForgetFiles(IDatabaseEngine engine, Writes writes, KeptFiles kept, IUnfinishedFiles unfinished, TimeProvider clock) : IRecurring
{
    private const int AtOnce = 100;

    /// <summary>Longer than anything that comes in takes.</summary>
    private static readonly TimeSpan Left = UploadLedger.Lifetime * 2;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var (now, old) = (clock.GetUtcNow(), clock.GetUtcNow() - MediaFileLedger.Kept);
        await using var db = engine.Open();
        var replaced = await db.ReplacedFiles.Where(f => f.At < old).OrderBy(f => f.At).Take(AtOnce).Select(f => new { f.Id, f.File }).ToListAsync(ct);
        // The file first: where the program stops between the two, the row finds it gone the next time.
        foreach (var file in replaced) await kept.ForgetAsync(file.File, ct);
        if (replaced.Count > 0) await writes.RunAsync((scope, token) => MediaFileLedger.ForgetReplacedAsync(scope, replaced.ConvertAll(f => f.Id), token), ct);
        var uploads = await db.UnfinishedUploads.Where(u => u.ExpiresAt < now).OrderBy(u => u.ExpiresAt).Take(AtOnce).Select(u => u.Key).ToListAsync(ct);
        foreach (var key in uploads)
        {
            await unfinished.ForgetAsync(key, ct);
            await writes.RunAsync((scope, token) => UploadLedger.ForgetAsync(scope, key, token), ct);
        }
        await EmptyTrashAsync(db, old, ct);
        await unfinished.SweepAsync(now - Left, ct);
        return replaced.Count == AtOnce || uploads.Count == AtOnce;
    }

    private async Task EmptyTrashAsync(BroadsheetDb db, DateTimeOffset old, CancellationToken ct)
    {
        var trashed = await db.Media.Where(m => TrashLedger.Trashed(db).Contains(m.ArticleId)).Select(m => m.ArticleId).ToListAsync(ct);
        var over = new List<long>();
        foreach (var id in trashed)
            if (await TrashLedger.SinceAsync(db, id, ct) < old) over.Add(id);
        // Here the record first: from then on nobody can take it out of the trash. The file is a job's, which goes on where the store is away.
        foreach (var some in over.Chunk(AtOnce)) await writes.RunAsync((scope, token) => MediaFileLedger.GiveUpAsync(scope, some, token), ct);
    }
}
