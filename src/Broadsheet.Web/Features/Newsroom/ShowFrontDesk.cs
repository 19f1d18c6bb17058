using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Newsroom.Corrections;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>What waits, and what to do next.</summary>
internal sealed class ShowFrontDesk(IDatabaseEngine engine, PublicationStore publications, DeskPages pages, ServiceAlerts alerts, AttackWatch attack, TimeProvider clock)
{
    private const int Shown = 8;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowFrontDesk action) => action.ShowAsync(http));

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var person = CurrentPerson.Of(http)!;
        var publication = await publications.GetAsync(ct);
        await using var db = engine.Open();
        var view = new FrontDeskPage.Content { MayWrite = person.Role.May(Permission.WriteDrafts), MayModerate = person.Role.May(Permission.Moderate), MayAny = person.Role.May(Permission.EditAny) };
        if (view.MayWrite)
        {
            var today = StatLedger.Today(publication, clock.GetUtcNow());
            view = (await WithArticlesAsync(view, db, person, publication, ct)) with { ViewsToday = await db.Stats.Where(s => s.Kind == StatKind.Total && s.Day == today).SumAsync(s => s.Views, ct) };
        }
        if (view.MayModerate)
        {
            var queues = await QueueLedger.LengthsAsync(db, ct);
            view = view with { Held = queues.GetValueOrDefault(Queue.Held), Reported = queues.GetValueOrDefault(Queue.Reported), Appealed = queues.GetValueOrDefault(Queue.Appealed), Flood = attack.Words(publication.Rules) };
        }
        if (person.Role.May(Permission.Curate))
        {
            var curation = await CurationCounts.OfAsync(db, person.Id, clock.GetUtcNow(), ct);
            view = view with { MayCurate = true, Stories = curation.Stories, Own = curation.Mine, OwnStories = [.. (await CurationCounts.OwnAsync(db, person.Id, clock.GetUtcNow(), Shown, ct)).Select(s => new FrontDeskPage.Row(s.Url, s.Title, $"{s.Outlet}, {DeskTime.Of(publication, s.At)}"))], Originals = curation.Originals, Outlets = curation.Outlets };
        }
        if (person.Role.May(Permission.ChangeSettings))
            view = view with { Parked = [.. (await db.Outbox.Where(o => o.Parked).OrderByDescending(o => o.Id).Take(Shown).ToListAsync(ct)).Select(o => new FrontDeskPage.Parked(o.Job, o.LastError ?? "")), .. await MailTrouble.FindAsync(db, clock.GetUtcNow(), ct), .. alerts.All.Select(a => new FrontDeskPage.Parked(a.Service, a.Message))], IsSetUp = publication.IsSetUp };
        return await pages.ShowAsync<FrontDeskPage>(http, view);
    }

    private static async Task<FrontDeskPage.Content> WithArticlesAsync(FrontDeskPage.Content view, BroadsheetDb db, CurrentPerson person, Publication publication, CancellationToken ct)
    {
        var articles = db.Articles.Where(a => a.Kind == ArticleKind.Article || (view.MayAny && a.Kind == ArticleKind.Page));
        if (!view.MayAny) articles = articles.Where(a => a.AuthorId == person.Id);
        // By the index of standing and date; drafts, reviews and what is scheduled are few beside what is published.
        var counts = await articles.Where(a => a.Status == ArticleStatus.Draft || a.Status == ArticleStatus.InReview || a.Status == ArticleStatus.Scheduled)
            .GroupBy(a => a.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return view with
        {
            Corrections = await AskedCorrections.Of(db, person).CountAsync(ct),
            Drafts = counts.GetValueOrDefault(ArticleStatus.Draft),
            InReview = counts.GetValueOrDefault(ArticleStatus.InReview),
            Scheduled = counts.GetValueOrDefault(ArticleStatus.Scheduled),
            Next = await RowsAsync(articles.Where(a => a.Status == ArticleStatus.Scheduled).OrderBy(a => a.PublishedAt), publication, ct),
            Reviews = view.MayAny ? await RowsAsync(articles.Where(a => a.Status == ArticleStatus.InReview).OrderBy(a => a.ModifiedAt), publication, ct) : [],
            Mine = await RowsAsync(articles.Where(a => a.AuthorId == person.Id && (a.Status == ArticleStatus.Draft || (a.Status == ArticleStatus.InReview && !view.MayAny))).OrderByDescending(a => a.ModifiedAt), publication, ct),
        };
    }

    private static async Task<IReadOnlyList<FrontDeskPage.Row>> RowsAsync(IQueryable<Article> articles, Publication publication, CancellationToken ct)
    {
        var rows = await articles.Take(Shown).Select(a => new { a.Id, a.Kind, a.TitleText, a.Status, a.PublishedLocal, a.ModifiedAt }).ToListAsync(ct);
        return [.. rows.Select(r => new FrontDeskPage.Row($"{(r.Kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{r.Id}/", r.TitleText.Length > 0 ? r.TitleText : "Untitled",
            r is { Status: ArticleStatus.Scheduled, PublishedLocal: { } local } ? DeskTime.Of(local) : $"changed {DeskTime.Of(publication, r.ModifiedAt)}"))];
    }
}
