using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Counts what moderation came to, day by day, while the comments are there.</summary>
internal static class ModerationDayLedger
{
    /// <summary>Counts a day anew: what came on it and what was decided on it.</summary>
    public static async Task CountAsync(WriteScope scope, Publication publication, DateOnly day, CancellationToken ct)
    {
        var db = scope.Db;
        var (from, until) = (Start(publication, day), Start(publication, day.AddDays(1)));
        var (localFrom, localUntil) = (day.ToDateTime(TimeOnly.MinValue), day.AddDays(1).ToDateTime(TimeOnly.MinValue));
        // Those of an import came elsewhere.
        var came = db.Comments.Where(c => c.AtLocal >= localFrom && c.AtLocal < localUntil && c.At >= from.AddDays(-1) && c.At < until.AddDays(1) && c.Format == CommentFormat.Written && c.Kind == CommentKind.Comment);
        var decided = db.Decisions.Where(d => d.At >= from && d.At < until);
        var row = await db.ModerationDays.AsTracking().FirstOrDefaultAsync(d => d.Day == day, ct);
        if (row is null) db.ModerationDays.Add(row = new ModerationDay { Day = day });
        row.Received = await came.CountAsync(ct);
        row.Held = await came.CountAsync(c => c.Standing == Standing.Held || db.Decisions.Any(d => d.CommentId == c.Id && d.From == Standing.Held), ct);
        row.Caught = await came.CountAsync(c => (c.Standing == Standing.Spam || c.Standing == Standing.Trashed) && !db.Decisions.Any(d => d.CommentId == c.Id && (d.PersonId != null || d.From != d.To)) && !db.TakenBack().Any(m => m.OwnerId == c.Id)
            || db.Decisions.Any(d => d.CommentId == c.Id && d.From == Standing.Spam && !db.Decisions.Any(e => e.CommentId == c.Id && e.Id < d.Id)), ct);
        row.Removed = await decided.CountAsync(d => d.PersonId != null && d.Undoes == null && (d.To == Standing.Spam || d.To == Standing.Trashed) && d.From != d.To && !db.Decisions.Any(u => u.Undoes == d.Id), ct);
        row.Reports = await db.CommentReports.CountAsync(r => r.At >= from && r.At < until, ct);
        row.Appeals = await db.Appeals.CountAsync(a => a.At >= from && a.At < until, ct);
        row.Granted = await db.Appeals.CountAsync(a => a.State == AppealState.Granted && decided.Any(d => d.Id == a.DecisionId), ct);
        row.Notices = await db.LegalNotices.CountAsync(n => n.At >= from && n.At < until, ct);
    }

    private static DateTimeOffset Start(Publication publication, DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward over midnight, the day begins an hour later.
        if (publication.Zone.IsInvalidTime(local)) local = local.AddHours(1);
        return new DateTimeOffset(local, publication.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
