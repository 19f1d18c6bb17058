using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What moderators decide: carried out on the comments, and kept for good.</summary>
internal static class DecisionLedger
{
    /// <summary>Gives each of the comments this standing; one that has it already, or is gone, is left out.</summary>
    /// <returns>The decisions made, with their ids.</returns>
    public static async Task<List<Decision>> DecideAsync(WriteScope scope, IReadOnlyCollection<long> comments, Standing standing, long personId, CancellationToken ct)
    {
        var found = await TakeAsync(scope, comments, ct);
        var decisions = new List<Decision>();
        foreach (var comment in found.Where(c => c.Standing != standing)) decisions.Add(await DecideAsync(scope, comment, standing, personId, null, ct));
        await scope.FlushAsync(ct);
        return decisions;
    }

    /// <summary>Takes decisions back: each comment goes where it stood, unless someone has decided anew since.</summary>
    /// <returns>How many were taken back.</returns>
    public static async Task<int> UndoAsync(WriteScope scope, IReadOnlyCollection<long> decisions, long personId, CancellationToken ct)
    {
        var made = await scope.Db.Decisions.Where(d => decisions.Contains(d.Id)).OrderByDescending(d => d.Id).ToListAsync(ct);
        var comments = (await TakeAsync(scope, [.. made.Select(d => d.CommentId)], ct)).ToDictionary(c => c.Id);
        var count = 0;
        foreach (var decision in made)
        {
            if (!comments.TryGetValue(decision.CommentId, out var comment) || comment.Standing != decision.To) continue;
            if (await scope.Db.Decisions.AnyAsync(d => d.CommentId == comment.Id && d.Id > decision.Id && d.Undoes == null, ct)) continue;
            await DecideAsync(scope, comment, decision.From, personId, decision.Id, ct);
            count++;
        }
        return count;
    }

    private static async Task<Decision> DecideAsync(WriteScope scope, Comment comment, Standing standing, long personId, long? undoes, CancellationToken ct)
    {
        var decision = new Decision { CommentId = comment.Id, PersonId = personId, From = comment.Standing, To = standing, At = scope.Now, Undoes = undoes };
        scope.Db.Decisions.Add(decision);
        // From now on it stands where a moderator put it.
        if (comment.Standing == Standing.Trashed) await scope.Db.TakenBack().Where(m => m.OwnerId == comment.Id).ExecuteDeleteAsync(ct);
        await CommentLedger.DecideAsync(scope, comment, standing, ct);
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
