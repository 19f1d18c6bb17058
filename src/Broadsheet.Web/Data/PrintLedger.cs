using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps what new comments are compared with, for as long as it is looked at.</summary>
internal static class PrintLedger
{
    /// <summary>The comment $1, of the writer $2, with four bands and two signatures.</summary>
    private const string Insert = "INSERT INTO comment_prints (comment_id, writer, band1, band2, band3, band4, first, second) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    /// <summary>The comment $1 has other words.</summary>
    private const string Update = "UPDATE comment_prints SET band1 = $2, band2 = $3, band3 = $4, band4 = $5, first = $6, second = $7 WHERE comment_id = $1";

    /// <returns>What stands for the mailbox of this address; null for no address.</returns>
    public static long? WriterOf(string email) => EmailIdentity.Of(email) is { Length: > 0 } identity ? BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(identity))) : null;

    /// <summary>With the scope's next statement.</summary>
    /// <param name="text">Null for one that is too short to compare.</param>
    public static void Add(WriteScope scope, long commentId, string email, TextPrint? text)
    {
        var writer = WriterOf(email);
        if (writer is null && text is null) return;
        scope.Later(Insert, commentId, writer, text?.Band1, text?.Band2, text?.Band3, text?.Band4, text?.First ?? 0, text?.Second ?? 0);
    }

    /// <summary>With the scope's next statement. Without effect on a comment that has none.</summary>
    public static void Change(WriteScope scope, long commentId, TextPrint? text) =>
        scope.Later(Update, commentId, text?.Band1, text?.Band2, text?.Band3, text?.Band4, text?.First ?? 0, text?.Second ?? 0);

    /// <summary>Forgets some that are too old.</summary>
    /// <returns>How many; fewer than <paramref name="most"/>: these were the last.</returns>
    public static async Task<int> ForgetAsync(WriteScope scope, int most, CancellationToken ct)
    {
        var before = scope.Now - WriterHistory.Recent;
        // Ids grow with time.
        var oldest = await scope.Db.CommentPrints.OrderBy(p => p.CommentId).Take(most).Join(scope.Db.Comments, p => p.CommentId, c => c.Id, (p, c) => new { p.CommentId, c.At }).ToListAsync(ct);
        var old = oldest.Where(p => p.At < before).Select(p => p.CommentId).ToList();
        return old.Count == 0 ? 0 : await scope.Db.CommentPrints.Where(p => old.Contains(p.CommentId)).ExecuteDeleteAsync(ct);
    }
}
