using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>The pictures of those who comment: uploaded by themselves, or fetched. What somebody uploaded wins.</summary>
internal static class PictureLedger
{
    /// <summary>Evicted by whatever changes who has uploaded a picture, or has a page.</summary>
    public const string Tag = "pictures";

    /// <summary>So many articles, the latest that a person wrote under, show a new picture at once; older ones when they change next.</summary>
    private const int MaxArticles = 200;

    /// <summary>Somebody's comments are looked through for articles as far back as this.</summary>
    private const int MaxComments = 2_000;

    /// <param name="picture">WebP.</param>
    public static async Task UploadAsync(WriteScope scope, long personId, string authorKey, byte[] picture, CancellationToken ct)
    {
        var row = await scope.Db.Avatars.AsTracking().FirstOrDefaultAsync(a => a.AuthorKey == authorKey, ct);
        if (row is null) scope.Db.Avatars.Add(row = new Avatar { AuthorKey = authorKey });
        (row.Picture, row.PersonId, row.FetchedAt) = (picture, personId, scope.Now);
        row.Version++;
        await ShowAsync(scope, personId, ct);
    }

    /// <summary>A picture that they have elsewhere. Without effect where they have uploaded one, or did and took it away.</summary>
    /// <param name="picture">WebP.</param>
    public static async Task GiveAsync(WriteScope scope, long personId, string authorKey, byte[] picture, CancellationToken ct)
    {
        if (await scope.Db.Avatars.AnyAsync(a => a.AuthorKey == authorKey && (a.PersonId != null || a.Version > 0), ct) || !await scope.Db.Users.AnyAsync(p => p.Id == personId, ct)) return;
        await UploadAsync(scope, personId, authorKey, picture, ct);
    }

    /// <summary>Without effect where they have uploaded none.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RemoveAsync(WriteScope scope, long personId, string authorKey, CancellationToken ct)
    {
        if (await scope.Db.Avatars.AsTracking().FirstOrDefaultAsync(a => a.AuthorKey == authorKey && a.PersonId != null, ct) is not { } row) return false;
        // As if never looked for: where the publication fetches pictures, the next comment brings one.
        (row.Picture, row.PersonId, row.FetchedAt) = (null, null, DateTimeOffset.UnixEpoch);
        row.Version++;
        await ShowAsync(scope, personId, ct);
        return true;
    }

    /// <summary>What was found of a commenter's picture. What they uploaded themselves stays.</summary>
    /// <param name="picture">WebP; null where there is none. Left as it is where <paramref name="isNew"/> is false.</param>
    /// <param name="isNew">It was looked for now; else only that this comment needs no looking.</param>
    public static async Task FetchedAsync(WriteScope scope, string authorKey, byte[]? picture, bool isNew, long commentId, CancellationToken ct)
    {
        var row = await scope.Db.Avatars.AsTracking().FirstOrDefaultAsync(a => a.AuthorKey == authorKey, ct);
        if (row is null) scope.Db.Avatars.Add(row = new Avatar { AuthorKey = authorKey });
        if (isNew && row.PersonId is null) (row.Picture, row.FetchedAt) = (picture, scope.Now);
        row.CommentId = Math.Max(row.CommentId, commentId);
        await scope.FlushAsync(ct);
    }

    /// <summary>What pages show of this person beside their words has changed.</summary>
    public static async Task ShowAsync(WriteScope scope, long personId, CancellationToken ct)
    {
        await scope.FlushAsync(ct);
        var latest = await scope.Db.Comments.Where(c => c.PersonId == personId && c.Standing == Standing.Shown).OrderByDescending(c => c.At).Take(MaxComments).Select(c => c.ArticleId).ToListAsync(ct);
        foreach (var article in latest.Distinct().Take(MaxArticles)) scope.EvictSoon(string.Create(CultureInfo.InvariantCulture, $"article:{article}"));
        scope.EvictSoon(Tag);
    }
}
