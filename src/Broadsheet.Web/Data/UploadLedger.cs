using System.Security.Cryptography;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Files that come in piece by piece.</summary>
internal static class UploadLedger
{
    /// <summary>More than this nobody has unfinished.</summary>
    public const int MostUnfinished = 10;

    /// <summary>So long after its beginning an upload can be gone on with.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <returns>Null for somebody who has as many as one may have.</returns>
    public static async Task<UnfinishedUpload?> BeginAsync(WriteScope scope, long personId, string name, string alt, long length, CancellationToken ct)
    {
        if (await scope.Db.UnfinishedUploads.CountAsync(u => u.PersonId == personId && u.MediaId == null && u.ExpiresAt > scope.Now, ct) >= MostUnfinished) return null;
        var upload = new UnfinishedUpload { Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), PersonId = personId, Name = name, Alt = alt, Length = length, ExpiresAt = scope.Now + Lifetime };
        scope.Db.UnfinishedUploads.Add(upload);
        return upload;
    }

    /// <summary>It is whole. Kept until it would have run out: whoever lost the last answer can still ask what it became.</summary>
    public static Task FinishAsync(WriteScope scope, string key, long mediaId, CancellationToken ct) =>
        scope.Db.UnfinishedUploads.Where(u => u.Key == key).ExecuteUpdateAsync(set => set.SetProperty(u => u.MediaId, mediaId), ct);

    public static Task ForgetAsync(WriteScope scope, string key, CancellationToken ct) => scope.Db.UnfinishedUploads.Where(u => u.Key == key).ExecuteDeleteAsync(ct);
}
