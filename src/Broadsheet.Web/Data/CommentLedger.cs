using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps numbers and counters true while comments come, are shown and are removed: the one place that changes a comment's standing.</summary>
internal static class CommentLedger
{
    /// <summary>The job that asks again (<see cref="AskAgain"/>); its payload is the comment's id.</summary>
    public const string AskAgainJob = "ask-checks-again";

    /// <summary>The note that its author deleted a comment, and no moderator has decided since.</summary>
    internal const string TakenBackKey = "_broadsheet_taken_back";

    /// <summary>Adds a comment, untracked; where it is to be shown, it gets its number.</summary>
    /// <param name="print">What later comments are compared with; null for words that are too few.</param>
    public static async Task AddAsync(WriteScope scope, Comment comment, CancellationToken ct, TextPrint? print = null)
    {
        var shown = comment.Standing == Standing.Shown;
        if (shown) await CountInAsync(scope, comment, ct);
        else QueueLedger.Move(scope, null, comment.Standing);
        await scope.InsertAsync([comment], ct);
        PrintLedger.Add(scope, comment.Id, comment.AuthorEmail, print);
        if (!shown) return;
        scope.Later(CommentStatements.Await, comment.ArticleId, comment.Id);
        await FollowNotices.CommentShownAsync(scope, comment, ct);
    }

    /// <summary>A check of another server could not say what it thinks of a comment that is stored now: it is asked again later.</summary>
    public static void AskAgain(WriteScope scope, long id) =>
        scope.Db.Outbox.Add(new OutboxRow { Job = AskAgainJob, Payload = id.ToString(CultureInfo.InvariantCulture), DueAt = scope.Now + TimeSpan.FromMinutes(5) });

    /// <summary>WordPress's rule: same article, parent, author, e-mail address where one is given, and words; the trash does not count.</summary>
    public static async Task<bool> IsTwiceAsync(WriteScope scope, Comment c, CancellationToken ct) =>
        await scope.RunAsync(CommentStatements.FindTwin, [c.ArticleId, c.BodyHash, c.AuthorName, (int)Standing.Trashed, c.ParentId ?? 0, c.EmailFolded, c.Body], ct) is not null;

    /// <summary>Holds the article's counters until the work ends: on PostgreSQL too, the writers under one article then come one after the other.</summary>
    public static Task TakeTurnAsync(WriteScope scope, long articleId, CancellationToken ct) =>
        scope.RunAsync(CommentStatements.Hold, [articleId], ct);

    /// <summary>As <see cref="TakeTurnAsync"/>, in one round trip with the scope's next statement: for where that comes before any query.</summary>
    public static void TakeTurnWithNext(WriteScope scope, long articleId) => scope.Later(CommentStatements.Hold, articleId);

    /// <summary>A decision on a tracked comment. Without effect where it stands so already.</summary>
    public static async Task DecideAsync(WriteScope scope, Comment comment, Standing standing, CancellationToken ct)
    {
        var (before, hadNumber) = (comment.Standing, comment.Number is not null);
        if (before == standing) return;
        comment.Stand(standing);
        QueueLedger.Move(scope, before, standing);
        if (standing == Standing.Shown) await CountInAsync(scope, comment, ct);
        else if (before == Standing.Shown) await CountOutAsync(scope, comment, ct);
        if (standing == Standing.Shown || before == Standing.Shown) scope.Db.SearchPending.Add(new SearchPending { ArticleId = comment.ArticleId, CommentId = comment.Id });
        if (!hadNumber && comment.Number is not null) await FollowNotices.CommentShownAsync(scope, comment, ct);
        await scope.FlushAsync(ct);
    }

    /// <summary>Its author deletes a tracked comment: noted, as that is no moderator's refusal.</summary>
    public static async Task TakeBackAsync(WriteScope scope, Comment comment, CancellationToken ct)
    {
        await DecideAsync(scope, comment, Standing.Trashed, ct);
        await ReportLedger.DropAsync(scope, comment.Id, ct);
        scope.Db.Meta.Add(new Meta { Owner = MetaOwner.Comment, OwnerId = comment.Id, Key = TakenBackKey, Value = "1" });
        await scope.FlushAsync(ct);
    }

    /// <summary>The notes on comments that lie in the trash because their authors deleted them.</summary>
    public static IQueryable<Meta> TakenBack(this BroadsheetDb db) => db.Meta.Where(m => m.Owner == MetaOwner.Comment && m.Key == TakenBackKey);

    /// <summary>Its author's other words for a tracked comment; the old ones are kept for moderators.</summary>
    /// <param name="standing">What the checks say of the new words.</param>
    public static async Task EditAsync(WriteScope scope, Comment comment, string body, SafeHtml html, Standing standing, string? screening, CancellationToken ct, TextPrint? print = null)
    {
        PrintLedger.Change(scope, comment.Id, print);
        scope.Db.CommentRevisions.Add(new CommentRevision { CommentId = comment.Id, Body = comment.Body, At = scope.Now });
        comment.Edit(body, html, screening, scope.Now);
        Touch(scope, comment);
        if (comment.Standing != Standing.Shown || standing == Standing.Shown) scope.Db.SearchPending.Add(new SearchPending { ArticleId = comment.ArticleId, CommentId = comment.Id });
        // What the editors chose was something else.
        await FeatureAsync(scope, comment, false, ct);
        // Better words do not show what waits for a moderator.
        if (comment.Standing == Standing.Shown) await DecideAsync(scope, comment, standing, ct);
        await scope.FlushAsync(ct);
    }

    /// <summary>Puts a tracked comment on top of its discussion, or takes it from there. Without effect where it stands so already.</summary>
    public static async Task FeatureAsync(WriteScope scope, Comment comment, bool isFeatured, CancellationToken ct)
    {
        if (comment.FeaturedAt is not null == isFeatured || comment.Number is null) return;
        comment.Feature(isFeatured ? scope.Now : null);
        var by = comment.Standing != Standing.Shown ? 0 : isFeatured ? 1 : -1;
        await scope.Db.ThreadCounters.Where(c => c.ArticleId == comment.ArticleId).ExecuteUpdateAsync(set => set.SetProperty(c => c.Featured, c => c.Featured + by), ct);
        Touch(scope, comment);
        await scope.FlushAsync(ct);
    }

    private static async Task CountInAsync(WriteScope scope, Comment comment, CancellationToken ct)
    {
        Touch(scope, comment);
        if (comment.Kind != CommentKind.Comment)
        {
            await CountPingsAsync(scope, comment.ArticleId, 1, ct);
            return;
        }
        if (comment.Number is null) await NumberAsync(scope, comment, ct);
        Count(scope, comment, 1);
    }

    private static async Task CountOutAsync(WriteScope scope, Comment comment, CancellationToken ct)
    {
        Touch(scope, comment);
        if (comment.Kind != CommentKind.Comment)
        {
            await CountPingsAsync(scope, comment.ArticleId, -1, ct);
            return;
        }
        Count(scope, comment, -1);
    }

    /// <summary>The next number: of the article for a top-level comment, of its top-level comment for a reply.</summary>
    private static async Task NumberAsync(WriteScope scope, Comment comment, CancellationToken ct)
    {
        var db = scope.Db;
        if (await NumberedAncestorAsync(db, comment, ct) is not { } parent)
        {
            comment.GiveNumber(null, (int)(await scope.RunAsync(CommentStatements.NextNumber, [comment.ArticleId], ct))!.Value, 0, scope.Now);
            return;
        }
        var reply = await scope.RunAsync(CommentStatements.NextReply, [comment.ArticleId, parent.Number!.Value], ct);
        comment.GiveNumber(parent, parent.Number.Value, (int)reply!.Value, scope.Now);
    }

    /// <summary>An import may hang a shown comment under one that was never shown: then the next ancestor with a number carries it.</summary>
    private static async Task<Comment?> NumberedAncestorAsync(BroadsheetDb db, Comment comment, CancellationToken ct)
    {
        var next = comment.ParentId;
        for (var steps = 0; next is { } id && steps < 1_000; steps++)
        {
            var ancestor = await db.Comments.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id && c.ArticleId == comment.ArticleId, ct);
            if (ancestor?.Number is not null) return ancestor;
            next = ancestor?.ParentId;
        }
        return null;
    }

    /// <summary>Into the counters of the article, of the comment's parent and of its top-level comment.</summary>
    /// <param name="by">1 where it comes, -1 where it goes.</param>
    private static void Count(WriteScope scope, Comment comment, int by)
    {
        var (top, featured) = (comment.Reply == 0 ? by : 0, comment.FeaturedAt is null ? 0 : by);
        scope.Later(CommentStatements.Count, by, top, featured, comment.ArticleId);
        if (comment.ShownParentId is not { } parent) return;
        scope.Later(CommentStatements.CountReply, by, parent);
        scope.Later(CommentStatements.CountBelow, by, comment.ArticleId, comment.Number!.Value);
    }

    private static Task CountPingsAsync(WriteScope scope, long articleId, int by, CancellationToken ct) =>
        scope.Db.ThreadCounters.Where(c => c.ArticleId == articleId).ExecuteUpdateAsync(set => set.SetProperty(c => c.PingsShown, c => c.PingsShown + by), ct);

    private static void Touch(WriteScope scope, Comment comment)
    {
        scope.Evict($"thread:{comment.ArticleId}");
        scope.Evict("comments");
        scope.EvictSoon("lists");
    }
}
