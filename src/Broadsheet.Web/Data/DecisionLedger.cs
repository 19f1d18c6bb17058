using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A comment as the moderator saw it who decides on it.</summary>
/// <param name="Decision">The last decision on it by then; 0 for none; null where nothing was looked at singly (many at once).</param>
/// <param name="Edited">When its words were last changed by then, in milliseconds since 1970; 0 for never.</param>
/// <param name="Standing">Where it stood by then; null where that says nothing.</param>
internal readonly record struct SeenComment(long Id, long? Decision = null, long Edited = 0, Standing? Standing = null);

/// <summary>One decision on one comment or several.</summary>
/// <param name="PersonId">Null for the program itself.</param>
/// <param name="Reason">As told to whoever wrote it; empty for none.</param>
/// <param name="RunId">The run that it is a part of; null for none.</param>
/// <param name="Teaches">The models learn from it.</param>
internal sealed record DecisionWish(Standing To, long? PersonId, string Reason = "", long? RunId = null, bool Teaches = true);

/// <summary>What the checks say of a stored comment now.</summary>
/// <param name="Note">What each of them said, as JSON; null for nothing.</param>
internal readonly record struct ScreenedAgain(long Id, Standing Standing, string? Note);

/// <param name="Overtaken">Comments that someone else has decided on, or whose words were changed, since the moderator looked: nothing was done to them.</param>
internal sealed record DecisionsMade(List<Decision> Made, List<OvertakenComment> Overtaken);

/// <param name="By">The decision that was quicker; null where its writer changed the words, or deleted it.</param>
internal sealed record OvertakenComment(long CommentId, Decision? By);

/// <summary>What moderators decide: carried out on the comments, and kept for good.</summary>
internal static class DecisionLedger
{
    /// <summary>Gives each of the comments this standing. One that has it already is left out, unless readers reported it or its writer asks for another look: then it was looked at and stays.</summary>
    public static async Task<DecisionsMade> DecideAsync(WriteScope scope, IReadOnlyCollection<SeenComment> seen, DecisionWish wish, CancellationToken ct)
    {
        var result = new DecisionsMade([], []);
        var looked = seen.DistinctBy(s => s.Id).ToDictionary(s => s.Id);
        var found = await TakeAsync(scope, looked.Keys, ct);
        var ids = found.ConvertAll(c => c.Id);
        var last = looked.Values.All(s => s.Decision is null) ? [] : await LastAsync(scope.Db, ids, ct);
        var reported = await scope.Db.ReportedComments.Where(r => ids.Contains(r.CommentId)).Select(r => r.CommentId).ToHashSetAsync(ct);
        var appealed = await scope.Db.Appeals.Where(a => ids.Contains(a.CommentId) && a.State == AppealState.Open).Select(a => a.CommentId).ToHashSetAsync(ct);
        var takenBack = await scope.Db.TakenBack().Where(m => ids.Contains(m.OwnerId)).Select(m => m.OwnerId).ToHashSetAsync(ct);
        foreach (var comment in found)
        {
            var (before, since) = (looked[comment.Id], last.GetValueOrDefault(comment.Id));
            if (before.Decision is { } known && ((since?.Id ?? 0) != known || (comment.EditedAt?.ToUnixTimeMilliseconds() ?? 0) != before.Edited)) result.Overtaken.Add(new OvertakenComment(comment.Id, (since?.Id ?? 0) != known ? since : null));
            // Another run has been here. What its writer deleted nobody publishes, and what is without words shows nothing.
            else if ((before.Standing is { } stood && stood != comment.Standing) || (wish.To is Standing.Shown or Standing.Held && takenBack.Contains(comment.Id)) || (wish.To == Standing.Shown && comment.Body.Length == 0)) result.Overtaken.Add(new OvertakenComment(comment.Id, null));
            else if (comment.Standing != wish.To || reported.Contains(comment.Id) || appealed.Contains(comment.Id)) result.Made.Add(await DecideAsync(scope, comment, wish, null, ct));
        }
        await scope.FlushAsync(ct);
        foreach (var decision in result.Made)
            if (reported.Contains(decision.CommentId)) await ReportLedger.CloseAsync(scope, decision, ct);
            else await ReportLedger.ThinkAgainAsync(scope, decision, ct);
        foreach (var decision in result.Made.Where(d => appealed.Contains(d.CommentId))) await AppealLedger.CloseAsync(scope, decision, ct);
        if (wish.Teaches) LearningLedger.Teach(scope, result.Made);
        return result;
    }

    /// <summary>Takes decisions back: each comment goes where it stood, unless someone has decided anew since.</summary>
    /// <returns>The decisions that took one back.</returns>
    public static async Task<List<Decision>> UndoAsync(WriteScope scope, IReadOnlyCollection<long> decisions, long personId, long? runId, CancellationToken ct)
    {
        var made = await scope.Db.Decisions.Where(d => decisions.Contains(d.Id)).OrderByDescending(d => d.Id).ToListAsync(ct);
        List<long> ids = [.. made.Select(d => d.CommentId).Distinct()];
        var comments = (await TakeAsync(scope, ids, ct)).ToDictionary(c => c.Id);
        // Of each comment the decisions that hold, the newest on top.
        var holding = (await scope.Db.Decisions.Where(d => ids.Contains(d.CommentId) && d.Undoes == null && !scope.Db.Decisions.Any(u => u.Undoes == d.Id)).OrderBy(d => d.Id).Select(d => new { d.CommentId, d.Id }).ToListAsync(ct))
            .GroupBy(d => d.CommentId).ToDictionary(g => g.Key, g => new Stack<long>(g.Select(d => d.Id)));
        var taken = new List<Decision>();
        foreach (var decision in made)
        {
            if (!comments.TryGetValue(decision.CommentId, out var comment) || comment.Standing != decision.To || !holding.TryGetValue(comment.Id, out var stack) || !stack.TryPeek(out var top) || top != decision.Id) continue;
            stack.Pop();
            taken.Add(await DecideAsync(scope, comment, new DecisionWish(decision.From, personId, "", runId), decision.Id, ct));
            await ReportLedger.ReopenAsync(scope, decision, ct);
            await ReportLedger.ThinkAgainAsync(scope, taken[^1], ct);
            await AppealLedger.ReopenAsync(scope, decision, ct);
        }
        await scope.FlushAsync(ct);
        LearningLedger.Teach(scope, taken);
        return taken;
    }

    /// <summary>The last decision on each of these comments.</summary>
    public static async Task<Dictionary<long, Decision>> LastAsync(BroadsheetDb db, IReadOnlyCollection<long> comments, CancellationToken ct) =>
        await db.Decisions.Where(d => comments.Contains(d.CommentId) && !db.Decisions.Any(later => later.CommentId == d.CommentId && later.Id > d.Id)).ToDictionaryAsync(d => d.CommentId, ct);

    /// <summary>A check that could not say when a comment came has spoken. What readers see changes only for the worse, and where no moderator has decided.</summary>
    /// <param name="screening">What each check said, as JSON.</param>
    public static async Task JudgeAgainAsync(WriteScope scope, long id, Standing standing, string screening, CancellationToken ct)
    {
        if ((await TakeAsync(scope, [id], ct)).FirstOrDefault() is not { } comment) return;
        comment.Screen(screening);
        var isWorse = standing > comment.Standing;
        if (isWorse && !await scope.Db.Decisions.AnyAsync(d => d.CommentId == id && (d.PersonId != null || d.From != d.To), ct)) await DecideAsync(scope, comment, new DecisionWish(standing, null), null, ct);
    }

    /// <summary>The checks have looked again at comments of a queue. Nothing is shown by that: what waits may go to the spam or the trash, what lies there may wait again, where no moderator put it there.</summary>
    /// <returns>How many went elsewhere.</returns>
    public static async Task<int> ScreenAgainAsync(WriteScope scope, IReadOnlyList<ScreenedAgain> screened, long runId, CancellationToken ct)
    {
        var wished = screened.ToDictionary(s => s.Id);
        var comments = await TakeAsync(scope, wished.Keys, ct);
        var ids = comments.ConvertAll(c => c.Id);
        var decided = await scope.Db.Decisions.Where(d => ids.Contains(d.CommentId) && d.PersonId != null).Select(d => d.CommentId).ToHashSetAsync(ct);
        var count = 0;
        foreach (var comment in comments.Where(c => c.Standing != Standing.Shown))
        {
            var (_, standing, note) = wished[comment.Id];
            if (note != comment.Screening) comment.Screen(note);
            var to = standing is Standing.Spam or Standing.Trashed ? standing : Standing.Held;
            if (to == comment.Standing || decided.Contains(comment.Id) || await scope.Db.TakenBack().AnyAsync(m => m.OwnerId == comment.Id, ct)) continue;
            await DecideAsync(scope, comment, new DecisionWish(to, null, "", runId), null, ct);
            count++;
        }
        await scope.FlushAsync(ct);
        return count;
    }

    private static async Task<Decision> DecideAsync(WriteScope scope, Comment comment, DecisionWish wish, long? undoes, CancellationToken ct)
    {
        var decision = new Decision
        {
            CommentId = comment.Id,
            PersonId = wish.PersonId,
            From = comment.Standing,
            To = wish.To,
            At = scope.Now,
            Undoes = undoes,
            Reason = wish.Reason,
            RunId = wish.RunId,
            Opinions = ScreeningNote.Summary(comment.Screening),
        };
        scope.Db.Decisions.Add(decision);
        // From now on it stands where a moderator put it.
        if (comment.Standing == Standing.Trashed) await scope.Db.TakenBack().Where(m => m.OwnerId == comment.Id).ExecuteDeleteAsync(ct);
        await CommentLedger.DecideAsync(scope, comment, wish.To, ct);
        if (wish.PersonId is not null) AkismetLedger.Note(scope, comment, decision.From);
        return decision;
    }

    /// <summary>In the order they were written, so that those shown now get their numbers so; threads are taken in one order, so that two moderators never wait for each other.</summary>
    private static async Task<List<Comment>> TakeAsync(WriteScope scope, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var articles = await scope.Db.Comments.Where(c => ids.Contains(c.Id)).Select(c => c.ArticleId).Distinct().OrderBy(id => id).ToListAsync(ct);
        foreach (var article in articles) await CommentLedger.TakeTurnAsync(scope, article, ct);
        return await scope.Db.Comments.AsTracking().Where(c => ids.Contains(c.Id)).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct);
    }
}
