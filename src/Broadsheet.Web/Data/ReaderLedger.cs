using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What readers keep here beside their words: whom they mute, when they read and whether they are named.</summary>
internal static class ReaderLedger
{
    /// <summary>A list of more would be no list that a person made.</summary>
    public const int MaxMuted = 1_000;

    /// <returns>False where the list is full. Without effect where the author is muted already.</returns>
    public static async Task<bool> MuteAsync(WriteScope scope, long personId, string authorKey, string name, CancellationToken ct)
    {
        if (await scope.Db.Mutes.AnyAsync(m => m.PersonId == personId && m.AuthorKey == authorKey, ct)) return true;
        if (await scope.Db.Mutes.CountAsync(m => m.PersonId == personId, ct) >= MaxMuted) return false;
        scope.Db.Mutes.Add(new Mute { PersonId = personId, AuthorKey = authorKey, Name = name, At = scope.Now });
        return true;
    }

    public static Task UnmuteAsync(WriteScope scope, long personId, string authorKey, CancellationToken ct) => scope.Db.Mutes.Where(m => m.PersonId == personId && m.AuthorKey == authorKey).ExecuteDeleteAsync(ct);

    /// <summary>Now. Without effect where there is no such article.</summary>
    public static async Task VisitAsync(WriteScope scope, long personId, long articleId, CancellationToken ct)
    {
        if (await scope.Db.Visits.Where(v => v.PersonId == personId && v.ArticleId == articleId).ExecuteUpdateAsync(set => set.SetProperty(v => v.At, scope.Now), ct) > 0) return;
        if (await scope.Db.Articles.AnyAsync(a => a.Id == articleId, ct)) scope.Db.Visits.Add(new Visit { PersonId = personId, ArticleId = articleId, At = scope.Now });
    }

    public static Task ShowLikesAsync(WriteScope scope, long personId, bool shows, CancellationToken ct) => scope.Db.Users.Where(u => u.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(u => u.ShowsLikes, shows), ct);
}
