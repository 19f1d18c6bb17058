using System.Globalization;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What now stands at a medium's address.</summary>
/// <param name="Kept">The name under which the file that stood there is kept; null where none did.</param>
/// <param name="From">The replaced file that came back; null for a new one.</param>
internal sealed record NewFile(long Bytes, string MimeType, int? Width, int? Height, bool Moves, string? Kept, long? From);

/// <summary>Replaces and removes the files of media, whose addresses stay.</summary>
internal static class MediaFileLedger
{
    /// <summary>So long a replaced file and one in the trash can be had back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The job that takes a file and its smaller copies out of the store; its payload is the path.</summary>
    public const string RemoveFile = "remove-file";

    /// <returns>False where there is no such medium, or what should come back is gone.</returns>
    public static async Task<bool> ReplaceAsync(WriteScope scope, long id, NewFile file, long personId, CancellationToken ct)
    {
        if (await scope.Db.Media.AsTracking().FirstOrDefaultAsync(m => m.ArticleId == id, ct) is not { } media) return false;
        if (file.From is { } from && await scope.Db.ReplacedFiles.Where(f => f.Id == from && f.MediaId == id).ExecuteDeleteAsync(ct) == 0) return false;
        if (file.Kept is { } kept)
            scope.Db.ReplacedFiles.Add(new ReplacedFile { MediaId = id, File = kept, MimeType = media.MimeType, Bytes = media.Bytes ?? 0, Width = media.Width, Height = media.Height, At = scope.Now, PersonId = personId });
        media.Arrived(file.Bytes, file.MimeType, file.Width, file.Height, file.Moves);
        await ChangedAsync(scope, id, ct);
        AuditLedger.Note(scope, personId, "media", $"The file at {media.Path} was replaced{(file.From is null ? "" : " by one that stood there before")}.");
        return true;
    }

    /// <summary>Media whose time in the trash is over: their files go (<see cref="RemoveFile"/>). What is known of them stays, so that an import does not bring them again.</summary>
    /// <param name="ids">Those that were found; whoever took one out meanwhile was quicker.</param>
    public static async Task GiveUpAsync(WriteScope scope, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var rows = await scope.Db.Media.AsTracking().Where(m => ids.Contains(m.ArticleId) && TrashLedger.Trashed(scope.Db).Contains(m.ArticleId)).ToListAsync(ct);
        foreach (var media in rows)
        {
            media.Leave();
            scope.Enqueue(RemoveFile, media.Path);
            await TrashLedger.ForgetAsync(scope, media.ArticleId, ct);
            await ChangedAsync(scope, media.ArticleId, ct);
        }
    }

    public static Task ForgetReplacedAsync(WriteScope scope, IReadOnlyList<long> ids, CancellationToken ct) => scope.Db.ReplacedFiles.Where(f => ids.Contains(f.Id)).ExecuteDeleteAsync(ct);

    /// <summary>Sizes stand in the bodies, too.</summary>
    private static async Task ChangedAsync(WriteScope scope, long id, CancellationToken ct)
    {
        await MediaUseLedger.EvictUsersAsync(scope, id, ct);
        scope.Enqueue(MediaLedger.RenderUsers, id.ToString(CultureInfo.InvariantCulture));
    }
}
