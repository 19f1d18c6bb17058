using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>For whoever leads the moderators: how long things wait, how often a decision was taken back, and which check is right how often.</summary>
internal sealed class ShowLoad(IDatabaseEngine engine, PublicationStore publications, CheckTitles titles, DeskPages pages, TimeProvider clock)
{
    public const string Page = $"{QueueNames.Page}load/";

    /// <summary>Days that are looked at.</summary>
    private const int Window = 30;

    /// <summary>The newest decisions of the window; more change no figure that anyone would read.</summary>
    private const int Most = 50_000;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/load/", (HttpContext http, ShowLoad action) => action.ShowAsync(http));

    private Task<IResult> ShowAsync(HttpContext http) => engine.ReadListsAsync(db => ShowAsync(http, db), http.RequestAborted);

    private async Task<IResult> ShowAsync(HttpContext http, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var (now, publication) = (clock.GetUtcNow(), await publications.GetAsync(ct));
        var since = now.AddDays(-Window);
        var lengths = await QueueLedger.LengthsAsync(db, ct);
        var oldest = await db.Comments.Where(c => c.Standing == Standing.Held).OrderBy(c => c.At).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(ct);
        var decided = await db.Decisions.Where(d => d.At >= since).OrderByDescending(d => d.Id).Take(Most)
            .Join(db.Comments, d => d.CommentId, c => c.Id, (d, c) => new DecidedComment(d.Id, d.CommentId, d.PersonId, d.From, d.To, d.At, d.Undoes, d.Opinions, c.At)).ToListAsync(ct);
        var names = await db.Users.Where(p => db.Decisions.Any(d => d.PersonId == p.Id && d.At >= since)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, ct);
        var figures = LoadFigures.Of(decided);
        return await pages.ShowAsync<LoadPage>(http, new LoadPage.Content
        {
            Days = Window,
            Held = lengths.GetValueOrDefault(Data.Records.Queue.Held),
            Reported = lengths.GetValueOrDefault(Data.Records.Queue.Reported),
            Oldest = oldest is { } at ? $"{LoadFigures.Words(now - at)}, since {DeskTime.Of(publication, at)}" : "nothing waits",
            Decided = figures.Decided,
            Median = figures.Median is { } median ? LoadFigures.Words(median) : "–",
            Slowest = figures.Slowest is { } slow ? LoadFigures.Words(slow) : "–",
            Overturned = LoadFigures.Share(figures.Overturned, figures.Decided),
            People = [.. figures.People.Select(p => new LoadPage.PersonRow(names.GetValueOrDefault(p.PersonId, "somebody who is gone"), p.Decided, LoadFigures.Share(p.Overturned, p.Decided)))],
            Checks = [.. figures.Checks.Select(c => new LoadPage.CheckRow($"{titles.Of(c.Check)}{(c.OnlyAdvised ? " (only advised)" : "")}", c.Said, LoadFigures.Share(c.Right, c.Said)))],
        });
    }
}
