using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Somebody deletes their account: asked for, a day to think again, then done a piece at a time.</summary>
internal static class LeavingLedger
{
    /// <summary>Between the wish and the deed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    /// <summary>Who wrote what a reader left behind.</summary>
    public const string FormerReader = "A former reader";

    /// <param name="removesComments">Else they stay, and nobody can tell whose they were.</param>
    /// <returns>Why not; null where it is noted. Asked again, the day begins anew.</returns>
    public static async Task<Problem?> AskAsync(WriteScope scope, long id, bool removesComments, CancellationToken ct)
    {
        await PeopleLedger.LockAdministratorsAsync(scope, ct);
        if (await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person) return new Problem("leave", "This account is gone already.");
        if (person.Role == Role.Administrator && !await PeopleLedger.HasOtherAdministratorAsync(scope.Db, id, ct))
            return new Problem("leave", "You are the only administrator: nobody could run the publication. Make somebody else one first.");
        (person.LeavesAt, person.LeavesNothing) = (scope.Now + Grace, removesComments);
        await AccountMailLedger.TellAsync(scope, person, MailKind.Leaving, id, ct);
        return null;
    }

    public static Task StayAsync(WriteScope scope, long id, CancellationToken ct) =>
        scope.Db.Users.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LeavesAt, (DateTimeOffset?)null).SetProperty(p => p.LeavesNothing, false), ct);

    /// <summary>Whose day is over.</summary>
    public static IQueryable<long> Due(BroadsheetDb db, DateTimeOffset now) => db.Users.Where(p => p.LeavesAt <= now).OrderBy(p => p.LeavesAt).Select(p => p.Id);

    /// <summary>Some of their comments lose whose they were, or go.</summary>
    /// <returns>How many; fewer than <paramref name="most"/>: these were the last.</returns>
    public static async Task<int> LetGoAsync(WriteScope scope, long id, int most, CancellationToken ct)
    {
        var (db, person) = (scope.Db, await scope.Db.Users.Where(p => p.Id == id && p.LeavesAt <= scope.Now).Select(p => new { p.LeavesNothing }).FirstOrDefaultAsync(ct));
        if (person is null) return 0;
        var comments = await db.Comments.AsTracking().Where(c => c.PersonId == id).OrderBy(c => c.Id).Take(most).ToListAsync(ct);
        if (comments.Count == 0) return 0;
        var ids = comments.ConvertAll(c => c.Id);
        // What waits goes, too: its words are not theirs any more to be judged.
        if (person.LeavesNothing)
            foreach (var comment in comments.Where(c => c.Standing == Standing.Held)) await CommentLedger.TakeBackAsync(scope, comment, ct);
        foreach (var comment in comments.Where(c => c.Standing == Standing.Shown))
        {
            if (person.LeavesNothing) await CommentLedger.TakeBackAsync(scope, comment, ct);
            scope.Evict(string.Create(CultureInfo.InvariantCulture, $"thread:{comment.ArticleId}"));
            db.SearchPending.Add(new SearchPending { ArticleId = comment.ArticleId, CommentId = comment.Id });
        }
        await scope.FlushAsync(ct);
        await db.Comments.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonId, (long?)null).SetProperty(c => c.AuthorName, FormerReader).SetProperty(c => c.AuthorEmail, "")
            .SetProperty(c => c.EmailFolded, "").SetProperty(c => c.AuthorUrl, "").SetProperty(c => c.AuthorIp, "").SetProperty(c => c.UserAgent, "").SetProperty(c => c.Screening, (string?)null), ct);
        await db.CommentPrints.Where(p => ids.Contains(p.CommentId)).ExecuteDeleteAsync(ct);
        if (person.LeavesNothing)
        {
            await db.Comments.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Body, "").SetProperty(c => c.BodyHtml, "").SetProperty(c => c.BodyHash, 0), ct);
            await db.CommentRevisions.Where(r => ids.Contains(r.CommentId)).ExecuteDeleteAsync(ct);
            await AppealLedger.ForgetAsync(scope, ids, ct);
        }
        scope.Evict("comments");
        return comments.Count;
    }

    /// <summary>The account itself, and all that was kept with it. Articles stay, without a byline of ours; likes stay counted.</summary>
    public static async Task EndAsync(WriteScope scope, long id, CancellationToken ct)
    {
        var db = scope.Db;
        if (await db.Users.Where(p => p.Id == id && p.LeavesAt <= scope.Now).Select(p => new { p.Email, p.NormalizedEmail, p.EmailConfirmed }).FirstOrDefaultAsync(ct) is not { } person) return;
        // An address that they never proved may be somebody else's, and so may what was sent to it.
        if (person.Email is { Length: > 0 } told) await AccountMailLedger.OfAccount(db.Mails, FollowLedger.Fold(told)).ExecuteDeleteAsync(ct);
        if (person is { EmailConfirmed: true, Email: { Length: > 0 } email } && FollowLedger.Fold(email) is var folded)
        {
            await db.Subscriptions.Where(s => s.EmailFolded == folded).ExecuteDeleteAsync(ct);
            await db.Mails.Where(m => m.EmailFolded == folded).ExecuteDeleteAsync(ct);
            await db.Invitations.Where(i => i.EmailFolded == person.NormalizedEmail).ExecuteDeleteAsync(ct);
            await db.SignInRequests.Where(r => r.EmailFolded == person.NormalizedEmail).ExecuteDeleteAsync(ct);
        }
        await db.Subscriptions.Where(s => s.PersonId == id).ExecuteDeleteAsync(ct);
        var until = scope.Now + NameLedger.Month;
        await db.HeldNames.Where(n => n.PersonId == id && n.Until == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.Until, until), ct);
        await db.NameChanges.Where(c => c.PersonId == id).ExecuteDeleteAsync(ct);
        await db.OneTimeLinks.Where(l => l.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Avatars.Where(a => a.PersonId == id).ExecuteDeleteAsync(ct);
        await db.Meta.Where(m => m.Owner == MetaOwner.Person && m.OwnerId == id).ExecuteDeleteAsync(ct);
        await db.CommentReports.Where(r => r.PersonId == id && r.WantsAnswer).ExecuteUpdateAsync(set => set.SetProperty(r => r.WantsAnswer, false), ct);
        await db.Revisions.Where(r => r.PersonId == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.PersonId, (long?)null), ct);
        await db.Users.Where(p => p.Id == id).ExecuteDeleteAsync(ct);
        foreach (var tag in (string[])[PeopleLedger.Tag(id), PictureLedger.Tag, "site-index"]) scope.Evict(tag);
    }
}
