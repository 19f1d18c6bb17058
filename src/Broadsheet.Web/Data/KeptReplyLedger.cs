using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Words that wait for their writer to come back.</summary>
internal static class KeptReplyLedger
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Of one browser there is one: the last. Nothing typed keeps nothing.</summary>
    public static async Task KeepAsync(WriteScope scope, KeptReply kept, CancellationToken ct)
    {
        await ForgetAsync(scope, kept.Id, ct);
        if (kept.Words.Length is 0 or > Comment.MaxLength) return;
        kept.ExpiresAt = scope.Now + Lifetime;
        scope.Db.KeptReplies.Add(kept);
    }

    public static Task<KeptReply?> FindAsync(BroadsheetDb db, string id, long articleId, DateTimeOffset now, CancellationToken ct) =>
        db.KeptReplies.FirstOrDefaultAsync(k => k.Id == id && k.ArticleId == articleId && k.ExpiresAt > now, ct);

    public static Task ForgetAsync(WriteScope scope, string id, CancellationToken ct) => scope.Db.KeptReplies.Where(k => k.Id == id).ExecuteDeleteAsync(ct);

    public static Task ForgetOldAsync(WriteScope scope, CancellationToken ct)
    {
        var now = scope.Now;
        return scope.Db.KeptReplies.Where(k => k.ExpiresAt < now).ExecuteDeleteAsync(ct);
    }
}
