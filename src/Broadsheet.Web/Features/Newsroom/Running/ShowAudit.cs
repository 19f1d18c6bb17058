using System.Globalization;
using System.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Running;

/// <summary>Who did what to the publication, newest first; as a table for a spreadsheet, too.</summary>
internal sealed class ShowAudit(IDatabaseEngine engine, PublicationStore publications, DeskPages pages)
{
    public const string Page = "/newsroom/running/log/";
    private const int PageSize = 100;
    private const int MostInTable = 50_000;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/log/", (HttpContext http, ShowAudit action) => action.ReadAsync(http, action.ShowAsync));
        room.MapGet("/log.csv", (HttpContext http, ShowAudit action) => action.ReadAsync(http, action.TableAsync));
    }

    private Task<IResult> ReadAsync(HttpContext http, Func<HttpContext, BroadsheetDb, Task<IResult>> show) => engine.ReadListsAsync(db => show(http, db), http.RequestAborted);

    private async Task<IResult> ShowAsync(HttpContext http, BroadsheetDb db)
    {
        var (ct, query, publication) = (http.RequestAborted, http.Request.Query, await publications.GetAsync(http.RequestAborted));
        var (person, before) = (DiscussionFinder.Id(query["person"]), DiscussionFinder.Id(query["before"]));
        var subject = query["subject"].ToString() is { Length: <= 50 } given && !given.Contains('\0', StringComparison.Ordinal) ? given : "";
        var found = Filter(db, subject, person);
        if (before is { } id) found = found.Where(e => e.Id < id);
        var rows = await found.OrderByDescending(e => e.Id).Take(PageSize + 1).LeftJoin(db.Users, e => e.PersonId, p => p.Id, (e, p) => new { e.Id, e.At, e.Subject, e.What, By = p == null ? null : p.DisplayName }).ToListAsync(ct);
        rows = [.. rows.OrderByDescending(r => r.Id)];
        var people = await db.Users.Where(p => db.AuditEntries.Any(e => e.PersonId == p.Id)).OrderBy(p => p.DisplayName).Select(p => new { p.Id, p.DisplayName }).ToListAsync(ct);
        return await pages.ShowAsync<AuditPage>(http, new AuditPage.Content
        {
            Subject = subject,
            Person = person,
            Subjects = await db.AuditEntries.Select(e => e.Subject).Distinct().OrderBy(s => s).ToListAsync(ct),
            People = people.ConvertAll(p => (p.Id, p.DisplayName)),
            Rows = [.. rows.Take(PageSize).Select(r => new AuditPage.Row(DeskTime.Of(publication, r.At), r.By ?? "the program", r.Subject, r.What))],
            Older = rows.Count > PageSize ? rows[PageSize - 1].Id : null,
        });
    }

    private async Task<IResult> TableAsync(HttpContext http, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var rows = await db.AuditEntries.OrderByDescending(e => e.Id).Take(MostInTable).LeftJoin(db.Users, e => e.PersonId, p => p.Id, (e, p) => new { e.Id, e.At, e.Subject, e.What, By = p == null ? "" : p.DisplayName }).ToListAsync(ct);
        var text = new StringBuilder("time,by,subject,what\r\n");
        foreach (var r in rows.OrderByDescending(r => r.Id)) text.Append(CultureInfo.InvariantCulture, $"{r.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{Csv.Field(r.By)},{Csv.Field(r.Subject)},{Csv.Field(r.What)}\r\n");
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "log.csv");
    }

    private static IQueryable<AuditEntry> Filter(BroadsheetDb db, string subject, long? person)
    {
        IQueryable<AuditEntry> found = db.AuditEntries;
        if (subject.Length > 0) found = found.Where(e => e.Subject == subject);
        if (person is { } by) found = found.Where(e => e.PersonId == by);
        return found;
    }
}
