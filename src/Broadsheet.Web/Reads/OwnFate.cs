using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What became of a comment that is not published, for whoever wrote it.</summary>
/// <param name="IsTakenBack">Its author deleted it before anyone else saw it.</param>
/// <param name="Reason">In a moderator's words; empty for none.</param>
/// <param name="Appeal">Null where its author has not asked for another look.</param>
internal sealed record OwnFate(bool IsTakenBack, string Reason, AppealState? Appeal)
{
    public static OwnFate Unknown { get; } = new(false, "", null);

    /// <summary>Once.</summary>
    public bool MayAppeal => !IsTakenBack && Appeal is null;

    public static string AppealUrl(long id) => string.Create(CultureInfo.InvariantCulture, $"/discussion/appeal/?c={id}");

    /// <summary>One statement; none where nothing of theirs was refused.</summary>
    public static async Task<IReadOnlyDictionary<long, OwnFate>> ReadAsync(BroadsheetDb db, IReadOnlyList<CommentRow> own, CancellationToken ct)
    {
        var ids = own.Where(c => c.Standing is Standing.Spam or Standing.Trashed).Select(c => c.Id).ToList();
        if (ids.Count == 0) return ReaderMarks.None.Fates;
        var rows = await db.Comments.Where(c => ids.Contains(c.Id)).Select(c => new
        {
            c.Id,
            IsTakenBack = db.TakenBack().Any(m => m.OwnerId == c.Id),
            Reason = db.Decisions.Where(d => d.CommentId == c.Id && (d.PersonId != null || d.From != d.To)).OrderByDescending(d => d.Id).Select(d => d.Reason).FirstOrDefault(),
            Appeal = db.Appeals.Where(a => a.CommentId == c.Id).Select(a => (AppealState?)a.State).FirstOrDefault(),
        }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Id, r => new OwnFate(r.IsTakenBack, r.Reason ?? "", r.Appeal));
    }

    /// <param name="who">Added after what it says of itself; empty for nothing.</param>
    public string Words(string who)
    {
        if (IsTakenBack) return $"You deleted this before it was published.{who}";
        var why = Reason.Length > 0 ? Reason : "a moderator, or the rules of this discussion, decided so.";
        var appeal = Appeal switch { AppealState.Open => " You asked for another look: it waits for one.", AppealState.Refused => " Another look was taken, and it stays so.", _ => "" };
        return $"Not published: {why}{appeal}{who}";
    }
}
