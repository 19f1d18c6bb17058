using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What of a discussion is one reader's own: which comments and whether the article they like, whom they do not wish to read, what they wrote and may still change.</summary>
internal sealed record ReaderMarks(IReadOnlySet<long> Liked, bool LikesArticle, IReadOnlySet<string> Muted, IReadOnlyList<CommentRow> Own)
{
    public static readonly ReaderMarks None = new(new HashSet<long>(), false, new HashSet<string>(StringComparer.Ordinal), []);

    /// <summary>The e-mail address of the account of who is signed in; null for a guest.</summary>
    public string? Address { get; init; }

    /// <summary>Of their own, by id, what became of those that were refused.</summary>
    public IReadOnlyDictionary<long, OwnFate> Fates { get; init; } = new Dictionary<long, OwnFate>();

    /// <summary>What became of a comment that readers do not see, in words for its author.</summary>
    public string NoteOn(CommentRow row) => row.Standing == Standing.Held ? "Awaiting review: only you can see this."
        : FateOf(row).Words(" Only you can see this.");

    /// <summary>Where its author asks for another look; null where there is no asking (any more).</summary>
    public string? AppealUrl(CommentRow row) => row.Standing is Standing.Spam or Standing.Trashed && FateOf(row).MayAppeal ? OwnFate.AppealUrl(row.Id) : null;

    private OwnFate FateOf(CommentRow row) => Fates.GetValueOrDefault(row.Id) ?? OwnFate.Unknown;

    /// <summary>Shown or waiting, and young enough to be changed by their author.</summary>
    public bool MayEdit(long id, int minutes, DateTimeOffset now) => Own.Any(c => c.Id == id && (c.Standing is Standing.Shown or Standing.Held) && now - c.At < TimeSpan.FromMinutes(minutes));
}

/// <summary>Reads a reader's own marks: at most two statements, and one where something of theirs is in the trash; none for one whom we do not know.</summary>
internal sealed class ReaderMarksReader(GuestCookies guests, TimeProvider clock)
{
    /// <summary>Comments by someone signed in are their own for so long; a guest's browser knows the last few itself.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(15);

    public async Task<ReaderMarks> OfAsync(HttpContext http, BroadsheetDb db, long articleId, CancellationToken ct)
    {
        if (CurrentPerson.Of(http) is { } person) return await OfPersonAsync(db, person.Id, articleId, ct);
        var (own, liked) = (guests.OwnComments(http), guests.Likes(http));
        if (own.Count == 0 && liked.Count == 0) return ReaderMarks.None;
        var rows = own.Count == 0 ? [] : await db.Comments.Where(c => own.Contains(c.Id) && c.ArticleId == articleId && c.PersonId == null).WithoutTakenBack(db).OrderBy(c => c.Id).AsRows().ToListAsync(ct);
        return new ReaderMarks(liked.Where(l => l.CommentId is not null).Select(l => l.CommentId!.Value).ToHashSet(), liked.Any(l => l.ArticleId == articleId && l.CommentId is null), ReaderMarks.None.Muted, rows) { Fates = await OwnFate.ReadAsync(db, rows, ct) };
    }

    private async Task<ReaderMarks> OfPersonAsync(BroadsheetDb db, long personId, long articleId, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Recent;
        var likes = db.Likes.Where(l => l.PersonId == personId && l.ArticleId == articleId).Select(l => new { Id = l.CommentId, Key = (string?)null, Address = (string?)null });
        var mutes = db.Mutes.Where(m => m.PersonId == personId).Select(m => new { Id = (long?)null, Key = (string?)m.AuthorKey, Address = (string?)null });
        var account = db.Users.Where(p => p.Id == personId && p.Email != null).Select(p => new { Id = (long?)null, Key = (string?)null, Address = p.Email });
        var marks = await likes.Concat(mutes).Concat(account).ToListAsync(ct);
        var own = await db.Comments.Where(c => c.PersonId == personId && c.At > since && c.ArticleId == articleId).WithoutTakenBack(db).OrderBy(c => c.Id).AsRows().ToListAsync(ct);
        return new ReaderMarks(
            marks.Where(m => m.Id is not null).Select(m => m.Id!.Value).ToHashSet(), marks.Exists(m => m is { Id: null, Key: null, Address: null }), marks.Where(m => m.Key is not null).Select(m => m.Key!).ToHashSet(StringComparer.Ordinal), own)
        { Address = marks.Find(m => m.Address is not null)?.Address, Fates = await OwnFate.ReadAsync(db, own, ct) };
    }
}

internal static class OwnComments
{
    /// <summary>What readers saw, and its writer has deleted: gone for its writer, too. What waited when they deleted it is still told of.</summary>
    public static IQueryable<Comment> WithoutTakenBack(this IQueryable<Comment> own, BroadsheetDb db) =>
        own.Where(c => c.Standing != Standing.Trashed || c.Number == null || !db.TakenBack().Any(m => m.OwnerId == c.Id));
}
