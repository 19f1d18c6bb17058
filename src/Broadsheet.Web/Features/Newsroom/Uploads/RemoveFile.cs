using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Takes the file of a medium that was given up out of the store, and its smaller copies.</summary>
internal sealed class RemoveFile(IDatabaseEngine engine, UploadedFiles store) : IJob
{
    public string Name => MediaFileLedger.RemoveFile;

    /// <param name="payload">Its path.</param>
    public async Task RunAsync(string payload, CancellationToken ct)
    {
        await using var db = engine.Open();
        // An import may have brought it again meanwhile.
        if (await db.Media.AnyAsync(m => m.Path == payload && m.Bytes != null, ct)) return;
        foreach (var copy in await OwnRenditionsAsync(db, store, payload, ct)) await store.RemoveAsync(copy, ct);
        await store.RemoveAsync(payload, ct);
    }

    /// <summary>The smaller copies of a picture, without uploads that only have such a name.</summary>
    public static async Task<List<string>> OwnRenditionsAsync(BroadsheetDb db, UploadedFiles store, string path, CancellationToken ct)
    {
        var copies = await store.RenditionsOfAsync(path, ct);
        var uploads = await db.Media.Where(m => copies.Contains(m.Path)).Select(m => m.Path).ToListAsync(ct);
        return [.. copies.Except(uploads, StringComparer.Ordinal)];
    }
}
