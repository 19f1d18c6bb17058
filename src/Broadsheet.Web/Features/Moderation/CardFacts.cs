using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>What the database knows of some comments, their writers and those who spoke of them.</summary>
internal sealed class CardFacts
{
    private readonly ILookup<string, (Standing Standing, int Count)> _byEmail;
    private readonly ILookup<long, (Standing Standing, int Count)> _byPerson;

    private CardFacts(ILookup<string, (Standing Standing, int Count)> byEmail, ILookup<long, (Standing Standing, int Count)> byPerson) => (_byEmail, _byPerson) = (byEmail, byPerson);

    public required IReadOnlyDictionary<long, ArticleRow> Articles { get; init; }
    public required IReadOnlyDictionary<long, Comment> Parents { get; init; }
    public required IReadOnlyDictionary<long, Person> People { get; init; }
    public required IReadOnlyDictionary<long, LastDecision> Last { get; init; }

    /// <summary>Those that nobody has answered.</summary>
    public required IReadOnlyList<CommentReport> Reports { get; init; }
    public required IReadOnlyDictionary<long, string> Reporters { get; init; }

    /// <summary>Those that nobody has answered.</summary>
    public required IReadOnlyDictionary<long, Appeal> Appeals { get; init; }

    /// <summary>Comments in the trash that their writers deleted.</summary>
    public required IReadOnlySet<long> TakenBack { get; init; }

    public static async Task<CardFacts> LoadAsync(BroadsheetDb db, List<Comment> comments, CancellationToken ct)
    {
        var (ids, articleIds) = (comments.ConvertAll(c => c.Id), comments.Select(c => c.ArticleId).Distinct().ToList());
        List<long> parentIds = [.. comments.Select(c => c.ParentId).OfType<long>().Distinct()];
        List<long> personIds = [.. comments.Select(c => c.PersonId).OfType<long>().Distinct()];
        List<string> emails = [.. comments.Where(c => c.PersonId is null).Select(c => c.EmailFolded).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal)];
        var byEmail = emails.Count == 0 ? [] : await db.Comments.Where(c => c.PersonId == null && emails.Contains(c.EmailFolded)).GroupBy(c => new { c.EmailFolded, c.Standing }).Select(g => new { g.Key.EmailFolded, g.Key.Standing, Count = g.Count() }).ToListAsync(ct);
        var byPerson = personIds.Count == 0 ? [] : await db.Comments.Where(c => c.PersonId != null && personIds.Contains(c.PersonId.Value)).GroupBy(c => new { c.PersonId, c.Standing }).Select(g => new { g.Key.PersonId, g.Key.Standing, Count = g.Count() }).ToListAsync(ct);
        var reports = await ReportLedger.Open(db, ids).OrderBy(r => r.Id).ToListAsync(ct);
        List<long> reporters = [.. reports.Select(r => r.PersonId).OfType<long>().Distinct()];
        return new CardFacts(byEmail.ToLookup(h => h.EmailFolded, h => (h.Standing, h.Count), StringComparer.Ordinal), byPerson.ToLookup(h => h.PersonId!.Value, h => (h.Standing, h.Count)))
        {
            Articles = await db.Articles.Where(a => articleIds.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct),
            Parents = parentIds.Count == 0 ? new Dictionary<long, Comment>() : await db.Comments.Where(c => parentIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct),
            People = personIds.Count == 0 ? new Dictionary<long, Person>() : await db.Users.Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct),
            Last = await LastAsync(db, ids, ct),
            Reports = reports,
            Appeals = await db.Appeals.Where(a => ids.Contains(a.CommentId) && a.State == AppealState.Open).ToDictionaryAsync(a => a.CommentId, ct),
            Reporters = reporters.Count == 0 ? new Dictionary<long, string>() : await db.Users.Where(p => reporters.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct),
            TakenBack = comments.Exists(c => c.Standing == Standing.Trashed) ? (await db.TakenBack().Where(m => ids.Contains(m.OwnerId)).Select(m => m.OwnerId).ToListAsync(ct)).ToHashSet() : new HashSet<long>(),
        };
    }

    /// <summary>The last decision on each of these comments, and whose it was.</summary>
    public static async Task<Dictionary<long, LastDecision>> LastAsync(BroadsheetDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var last = await DecisionLedger.LastAsync(db, ids, ct);
        List<long> deciders = [.. last.Values.Select(d => d.PersonId).OfType<long>().Distinct()];
        var names = deciders.Count == 0 ? [] : await db.Users.Where(p => deciders.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
        return last.ToDictionary(l => l.Key, l => new LastDecision(l.Value, l.Value.PersonId is { } id ? names.GetValueOrDefault(id, "somebody who is gone") : "the program"));
    }

    /// <summary>How often its writer was shown, held and refused here; null where nothing tells who that is.</summary>
    public string? HistoryOf(Comment c)
    {
        var rows = c.PersonId is { } person ? _byPerson[person] : c.EmailFolded.Length > 0 ? _byEmail[c.EmailFolded] : null;
        if (rows is null) return null;
        int Count(Standing standing) => rows.Where(r => r.Standing == standing).Sum(r => r.Count);
        var (shown, held, spam, trash) = (Count(Standing.Shown), Count(Standing.Held), Count(Standing.Spam), Count(Standing.Trashed));
        return string.Create(CultureInfo.InvariantCulture, $"{shown} shown, {held} held{(spam > 0 ? $", {spam} spam" : "")}{(trash > 0 ? $", {trash} in the trash" : "")}");
    }
}
