using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Who had a story, and who has it now; null for nobody.</summary>
/// <param name="Name">Of who has it now.</param>
internal sealed record WireAssignment(long? Before, long? Now, string? Name);

/// <summary>What the desk decides on stories of the wire.</summary>
internal static class WireDecisions
{
    /// <summary>Dismisses or puts off a story and all other outlets' tellings that are open.</summary>
    /// <param name="until">For a story that is put off.</param>
    /// <returns>Which were changed.</returns>
    public static async Task<List<long>> DecideAsync(WriteScope scope, long id, WireState state, DateTimeOffset? until, CancellationToken ct)
    {
        var group = await scope.Db.WireItems.Where(w => w.Id == id).Select(w => w.GroupId).FirstOrDefaultAsync(ct);
        var ids = await scope.Db.WireItems.Where(w => w.GroupId == group && (w.State == WireState.New || w.State == WireState.Snoozed)).Select(w => w.Id).ToListAsync(ct);
        await scope.Db.WireItems.Where(w => ids.Contains(w.Id)).ExecuteUpdateAsync(set => set.SetProperty(w => w.State, state).SetProperty(w => w.SnoozedUntil, until), ct);
        return ids;
    }

    /// <summary>Gives a story, with all other outlets' tellings that are open, to somebody, or to nobody.</summary>
    /// <param name="choose">From who has it to who is to have it; null for nobody.</param>
    /// <returns>Null where the story is gone, or where that person may not curate.</returns>
    public static async Task<WireAssignment?> AssignAsync(WriteScope scope, long id, Func<long?, long?> choose, CancellationToken ct)
    {
        if (await scope.Db.WireItems.Where(w => w.Id == id).Select(w => new { w.GroupId, w.AssignedTo }).FirstOrDefaultAsync(ct) is not { } item) return null;
        var (before, now) = (item.AssignedTo, choose(item.AssignedTo));
        var to = now is null ? null : await scope.Db.Users.Where(p => p.Id == now).Select(p => new { p.Role, p.DisplayName }).FirstOrDefaultAsync(ct);
        if (now is not null && to?.Role.May(Permission.Curate) != true) return null;
        await scope.Db.WireItems.Where(w => w.Id == id || (w.GroupId == item.GroupId && (w.State == WireState.New || w.State == WireState.Snoozed))).ExecuteUpdateAsync(set => set.SetProperty(w => w.AssignedTo, now), ct);
        return new WireAssignment(before, now, to?.DisplayName);
    }

    /// <summary>Of these, those of which no article was made are new again.</summary>
    public static Task<int> ReopenAsync(WriteScope scope, List<long> ids, CancellationToken ct) =>
        scope.Db.WireItems.Where(w => ids.Contains(w.Id) && w.State != WireState.Taken && w.State != WireState.New)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.State, WireState.New).SetProperty(w => w.SnoozedUntil, (DateTimeOffset?)null), ct);

    /// <summary>An article was made of it; its original is looked at again from tomorrow on, where that is wished.</summary>
    /// <param name="original">Null: it is not looked at again.</param>
    public static async Task TakeAsync(WriteScope scope, long id, long articleId, string? original, CancellationToken ct)
    {
        await scope.Db.WireItems.Where(w => w.Id == id).ExecuteUpdateAsync(set => set.SetProperty(w => w.State, WireState.Taken).SetProperty(w => w.ArticleId, articleId), ct);
        // What others tell of it may still be wanted, but waits for nobody.
        await scope.Db.WireItems.Where(w => w.Id != id && scope.Db.WireItems.Any(t => t.Id == id && t.GroupId == w.GroupId)).ExecuteUpdateAsync(set => set.SetProperty(w => w.AssignedTo, (long?)null), ct);
        if (original is not null) scope.Db.OriginalChecks.Add(new OriginalCheck { ArticleId = articleId, Url = original, NextAt = scope.Now.AddDays(1) });
    }

    /// <summary>Notes that an editor let an article stand beyond its outlet's terms.</summary>
    public static void Override(WriteScope scope, long articleId, long personId, string reason, string breach) =>
        scope.Db.TermsOverrides.Add(new TermsOverride { ArticleId = articleId, PersonId = personId, At = scope.Now, Reason = reason, Breach = breach });
}
