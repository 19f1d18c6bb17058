using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What is known of a comment's writer and words, for the checks: two statements in one round trip, each bounded by what it looks up.</summary>
internal sealed class WriterFacts(IDatabaseEngine engine)
{
    private static readonly RepeatsCheck Repeats = new();

    /// <param name="print">Of the comment's words; null for too few.</param>
    /// <param name="except">The comment itself, where it is stored already.</param>
    public async Task<ScreeningFacts> ReadAsync(CommentDraft draft, CommentOrigin origin, TextPrint? print, ScreeningRules rules, CommenterTrust trust, long? except, CancellationToken ct)
    {
        var (since, own) = (origin.At - WriterHistory.Recent, PrintLedger.WriterOf(draft.AuthorEmail));
        var record = WriterStatements.Record(draft, origin, origin.PersonId is null ? own : null, since, except ?? 0);
        var found = await engine.ReadAsync(print is { } words && rules.ModeOf(Repeats) != CheckMode.Off ? [record, WriterStatements.Copies(words, since, except ?? 0)] : [record], ct);
        var history = HistoryOf(found[0]);
        var facts = new ScreeningFacts(history.Shown, rules) { History = history, Trust = trust };
        // Who is banned needs no comparing.
        var bans = found[0].Where(r => r[0] == WriterStatements.OfBan).Select(r => r[1]!.Value).ToList();
        if (bans.Count > 0) return facts with { Bans = await BansAsync(bans, ct) };
        return print is { } text && found.Count > 1 ? facts with { Copies = CopiesOf(found[1], text, origin.PersonId, own) } : facts;
    }

    private static WriterHistory HistoryOf(IReadOnlyList<long?[]> rows)
    {
        int Count(int what, bool rejected, bool recent) => (int)rows.Where(r => r[0] == what && (rejected ? r[1] is (long)Standing.Spam or (long)Standing.Trashed : r[1] == (long)Standing.Shown) && (!recent || r[2] == 1)).Sum(r => r[3]!.Value);
        var mailbox = Count(WriterStatements.OfMailbox, true, true);
        return new WriterHistory(
            Count(WriterStatements.OfHistory, false, false), Math.Max(Count(WriterStatements.OfHistory, true, false), mailbox),
            Math.Max(Count(WriterStatements.OfHistory, false, true), Count(WriterStatements.OfMailbox, false, true)), Math.Max(Count(WriterStatements.OfHistory, true, true), mailbox));
    }

    private async Task<IReadOnlyList<BanMatch>> BansAsync(List<long> ids, CancellationToken ct)
    {
        await using var db = engine.Open();
        return [.. (await db.Bans.Where(b => ids.Contains(b.Id)).OrderBy(b => b.Action).ThenBy(b => b.Kind).ToListAsync(ct)).Select(b => new BanMatch(b.Id, b.Kind, b.Value, b.Reason, b.Until, b.Action))];
    }

    /// <param name="own">The writer's mailbox; null for none.</param>
    private static List<EarlierCopy> CopiesOf(IReadOnlyList<long?[]> rows, TextPrint print, long? personId, long? own) =>
        [.. rows.Where(r => print.IsLike(r[1]!.Value, r[2]!.Value)).Take(EarlierCopy.Most).Select(r => new EarlierCopy(
            r[0]!.Value, personId is { } person ? r[4] == person : own is { } mailbox && r[5] == mailbox, r[3] is (long)Standing.Spam or (long)Standing.Trashed))];
}
