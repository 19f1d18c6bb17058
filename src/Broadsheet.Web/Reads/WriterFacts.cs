using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What is known of a comment's writer and words, for the checks: two statements, each bounded by what it looks up.</summary>
internal static class WriterFacts
{
    private const int OfHistory = 0;
    private const int OfMailbox = 1;
    private const int OfBan = 2;

    private static readonly RepeatsCheck Repeats = new();

    /// <param name="print">Of the comment's words; null for too few.</param>
    /// <param name="except">The comment itself, where it is stored already.</param>
    public static async Task<ScreeningFacts> ReadAsync(BroadsheetDb db, CommentDraft draft, CommentOrigin origin, TextPrint? print, ScreeningRules rules, CommenterTrust trust, long? except, CancellationToken ct)
    {
        var since = origin.At - WriterHistory.Recent;
        var rows = await RecordAsync(db, draft, origin, since, except ?? 0, ct);
        int Count(int what, bool rejected, bool recent) => (int)rows.Where(r => r.What == what && (r.A is (long)Standing.Spam or (long)Standing.Trashed) == rejected && (rejected || r.A == (long)Standing.Shown) && (!recent || r.B == 1)).Sum(r => r.C);
        var mailbox = Count(OfMailbox, true, true);
        var history = new WriterHistory(Count(OfHistory, false, false), Math.Max(Count(OfHistory, true, false), mailbox), Math.Max(Count(OfHistory, false, true), Count(OfMailbox, false, true)), Math.Max(Count(OfHistory, true, true), mailbox));
        var facts = new ScreeningFacts(history.Shown, rules) { History = history, Trust = trust };
        // Who is banned needs no comparing.
        var bans = rows.Where(r => r.What == OfBan).Select(r => r.A).ToList();
        if (bans.Count > 0) return facts with { Bans = [.. (await db.Bans.Where(b => bans.Contains(b.Id)).OrderBy(b => b.Action).ThenBy(b => b.Kind).ToListAsync(ct)).Select(b => new BanMatch(b.Id, b.Kind, b.Value, b.Reason, b.Until, b.Action))] };
        return print is { } words && rules.ModeOf(Repeats) != CheckMode.Off ? facts with { Copies = await CopiesAsync(db, draft, origin, words, since, except ?? 0, ct) } : facts;
    }

    /// <summary>How many of the writer's comments stand where, by person or by name and address together; the same of their mailbox, lately; and the bans that match.</summary>
    private static async Task<List<Row>> RecordAsync(BroadsheetDb db, CommentDraft draft, CommentOrigin origin, DateTimeOffset since, long except, CancellationToken ct)
    {
        var (keys, now, email, name) = (BanTarget.KeysOf(origin.PersonId, draft.AuthorEmail, origin.Ip), origin.At, draft.AuthorEmail.ToLowerInvariant(), draft.AuthorName);
        var rows = BanLedger.InForce(db.Bans, now).Where(b => EF.Parameter(keys).Contains(b.Key)).Select(b => new { What = OfBan, A = b.Id, B = 0, C = 0L });
        var own = origin.PersonId is { } person ? db.Comments.Where(c => c.PersonId == person)
            : email.Length > 0 ? db.Comments.Where(c => c.EmailFolded == email && c.AuthorName == name && c.PersonId == null) : null;
        if (own is not null)
            rows = own.Where(c => c.Id != except && (c.Standing != Standing.Trashed || !db.Meta.Any(m => m.Owner == MetaOwner.Comment && m.OwnerId == c.Id && m.Key == CommentLedger.TakenBackKey)))
                .OrderByDescending(c => c.At).Take(WriterHistory.Most).Select(c => new { c.Standing, Recent = c.At > since ? 1 : 0 })
                .GroupBy(c => new { c.Standing, c.Recent }).Select(g => new { What = OfHistory, A = (long)g.Key.Standing, B = g.Key.Recent, C = (long)g.Count() }).Concat(rows);
        if (origin.PersonId is null && PrintLedger.WriterOf(email) is { } writer)
            rows = db.CommentPrints.Where(p => p.Writer == writer && p.CommentId != except).OrderByDescending(p => p.CommentId).Take(WriterHistory.Most)
                .Join(db.Comments, p => p.CommentId, c => c.Id, (p, c) => new { c.Standing, Recent = c.At > since ? 1 : 0 })
                .GroupBy(c => new { c.Standing, c.Recent }).Select(g => new { What = OfMailbox, A = (long)g.Key.Standing, B = g.Key.Recent, C = (long)g.Count() }).Concat(rows);
        return [.. (await rows.ToListAsync(ct)).Select(r => new Row(r.What, r.A, r.B, r.C))];
    }

    /// <summary>The latest of each band, so that a flood of one text costs no more than its newest.</summary>
    private static async Task<IReadOnlyList<EarlierCopy>> CopiesAsync(BroadsheetDb db, CommentDraft draft, CommentOrigin origin, TextPrint print, DateTimeOffset since, long except, CancellationToken ct)
    {
        var prints = db.CommentPrints.Where(p => p.CommentId != except);
        var near = prints.Where(p => p.Band1 == print.Band1).OrderByDescending(p => p.CommentId).Take(EarlierCopy.Most)
            .Union(prints.Where(p => p.Band2 == print.Band2).OrderByDescending(p => p.CommentId).Take(EarlierCopy.Most))
            .Union(prints.Where(p => p.Band3 == print.Band3).OrderByDescending(p => p.CommentId).Take(EarlierCopy.Most))
            .Union(prints.Where(p => p.Band4 == print.Band4).OrderByDescending(p => p.CommentId).Take(EarlierCopy.Most));
        var found = await near.Join(db.Comments, p => p.CommentId, c => c.Id, (p, c) => new { p.First, p.Second, c.Id, c.At, c.Standing, c.PersonId, c.EmailFolded }).Where(c => c.At > since).OrderByDescending(c => c.Id).ToListAsync(ct);
        var email = EmailIdentity.Of(draft.AuthorEmail);
        return [.. found.Where(c => print.IsLike(c.First, c.Second)).Take(EarlierCopy.Most).Select(c => new EarlierCopy(
            c.Id, origin.PersonId is { } person ? c.PersonId == person : email.Length > 0 && EmailIdentity.Of(c.EmailFolded) == email, c.Standing is Standing.Spam or Standing.Trashed))];
    }

    private sealed record Row(int What, long A, int B, long C);
}
