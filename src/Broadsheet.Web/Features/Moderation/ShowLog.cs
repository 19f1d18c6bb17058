using System.Globalization;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Everything that was decided, by whom and why, newest first; all of it as a file, too.</summary>
internal sealed class ShowLog(IDatabaseEngine engine, PublicationStore publications, CheckTitles titles, DeskPages pages)
{
    public const string Page = $"{QueueNames.Page}log/";
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/log/", (HttpContext http, ShowLog action) => action.ShowAsync(http));
        room.MapGet("/log.csv", (HttpContext http, ShowLog action) => action.DownloadAsync(http));
    }

    private Task<IResult> ShowAsync(HttpContext http) => engine.ReadListsAsync(db => ShowAsync(http, db), http.RequestAborted);

    private async Task<IResult> ShowAsync(HttpContext http, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var (by, before) = (Number(http.Request.Query["by"]), Number(http.Request.Query["before"]));
        var publication = await publications.GetAsync(ct);
        var rows = await Rows(db, by, before).Take(PageSize + 1).ToListAsync(ct);
        var deciders = await db.Users.Where(p => db.Decisions.Any(d => d.PersonId == p.Id)).OrderBy(p => p.DisplayName).Take(200).Select(p => new { p.Id, p.DisplayName }).ToListAsync(ct);
        return await pages.ShowAsync<LogPage>(http, new LogPage.Content
        {
            Rows = [.. rows.Take(PageSize).Select(r => new LogPage.Row(DeskTime.Of(publication, r.Decision.At), Who(r), QueueNames.Deed(r.Decision), r.Decision.Undoes is not null, r.Decision.CommentId, r.Author, Excerpt.Of(MaskedWords.Original(r.BodyHtml, r.Body, r.Format, publication), 24), r.Decision.Reason, titles.InWords(r.Decision.Opinions), r.Decision.RunId is { } run ? Bulk.DecideAll.Address(run) : null))],
            People = [.. deciders.Select(p => new LogPage.Decider(p.Id, p.DisplayName, p.Id == by))],
            Older = rows.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{Page}?before={rows[PageSize - 1].Decision.Id}{(by > 0 ? $"&by={by}" : "")}") : null,
            IsLater = before > 0,
        });
    }

    /// <summary>RFC 4180, row by row, however many there are; without the words of the comments.</summary>
    private async Task DownloadAsync(HttpContext http)
    {
        var by = Number(http.Request.Query["by"]);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"decisions.csv\"";
        await http.Response.WriteAsync("decision,at,by,comment,from,to,reason,checks,takes_back,run\r\n", http.RequestAborted);
        for (long before = 0; ;)
        {
            await using var db = engine.Open();
            var rows = await Rows(db, by, before).Take(1_000).ToListAsync(http.RequestAborted);
            if (rows.Count == 0) return;
            var text = new StringBuilder();
            foreach (var r in rows)
                text.Append(CultureInfo.InvariantCulture, $"{r.Decision.Id},{r.Decision.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{Csv.Field(Who(r))},{r.Decision.CommentId},{QueueNames.Of(r.Decision.From)},{QueueNames.Of(r.Decision.To)},{Csv.Field(r.Decision.Reason)},{Csv.Field(r.Decision.Opinions ?? "")},{r.Decision.Undoes},{r.Decision.RunId}\r\n");
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
            before = rows[^1].Decision.Id;
        }
    }

    private static IQueryable<LoggedDecision> Rows(BroadsheetDb db, long by, long before)
    {
        var decisions = db.Decisions.AsQueryable();
        if (by > 0) decisions = decisions.Where(d => d.PersonId == by);
        if (before > 0) decisions = decisions.Where(d => d.Id < before);
        // A comment may be deleted by now.
        return decisions.LeftJoin(db.Comments, d => d.CommentId, c => c.Id, (d, c) => new { Decision = d, AuthorName = c == null ? "" : c.AuthorName, BodyHtml = c == null ? "" : c.BodyHtml, Body = c == null ? "" : c.Body, Format = c == null ? CommentFormat.Written : c.Format })
            .LeftJoin(db.Users, d => d.Decision.PersonId, p => p.Id, (d, p) => new LoggedDecision { Decision = d.Decision, Author = d.AuthorName, BodyHtml = d.BodyHtml, Body = d.Body, Format = d.Format, Who = p == null ? null : p.DisplayName })
            .OrderByDescending(d => d.Decision.Id);
    }

    private static string Who(LoggedDecision row) => row.Who ?? (row.Decision.PersonId is null ? "the program" : "somebody who is gone");

    private static long Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private sealed class LoggedDecision
    {
        public required Decision Decision { get; init; }
        public required string Author { get; init; }
        public required string BodyHtml { get; init; }
        public required string Body { get; init; }
        public required CommentFormat Format { get; init; }

        /// <summary>Null where there is nobody of that id.</summary>
        public string? Who { get; init; }
    }
}
