using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>One of the moderators' queues, a page at a time, or what a search finds in it.</summary>
internal sealed class ShowQueue(IDatabaseEngine engine, ReaderSites sites, AttackWatch attack, DeskPages pages)
{
    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowQueue action) => action.ShowAsync(http));

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var (ct, query) = (http.RequestAborted, http.Request.Query);
        var (view, search) = (QueueNames.View(query["show"]), QueueSearch.Parse(query["q"]));
        var (site, me) = (await sites.OfAsync(http), CurrentPerson.Of(http)!.Id);
        await using var db = engine.Open();
        var slice = await QueueReader.ReadAsync(db, view, search, query["before"], me, ct);
        var lengths = await QueueLedger.LengthsAsync(db, ct);
        return await pages.ShowAsync<QueuePage>(http, new QueuePage.Content
        {
            Queue = QueueNames.Of(view),
            Flood = attack.Words(site.Publication.Rules),
            Search = search.Text,
            Tabs = [.. QueueNames.Views.Select(v => new QueuePage.Tab(QueueNames.Title(v), QueueNames.Of(v), v == view, QueueNames.LengthOf(v) is { } queue ? lengths.GetValueOrDefault(queue) : null))],
            Cards = await CardMaker.MakeAsync(db, site, slice.Comments, search, ct),
            Older = slice.Next is { } next ? $"{Address(view, search)}&before={next}" : null,
            Newest = query["before"].Count > 0 ? Address(view, search) : null,
            Here = http.Request.Path + http.Request.QueryString,
            Mail = await db.Users.Where(p => p.Id == me).Select(p => p.HeldMail).FirstOrDefaultAsync(ct) switch { HeldMail.AtOnce => "at-once", HeldMail.Hourly => "hourly", _ => "never" },
            Notices = lengths.GetValueOrDefault(Data.Records.Queue.Notices),
            // One decision for all of it: where there is more than what stands on this page.
            MayDecideAll = QueueNames.StandingOf(view) is not null && (slice.Next is not null || query["before"].Count > 0),
        });
    }

    public static string Address(QueueView view, QueueSearch search) => $"{QueueNames.Page}?show={QueueNames.Of(view)}{(search.Text.Length > 0 ? $"&q={Uri.EscapeDataString(search.Text)}" : "")}";
}
