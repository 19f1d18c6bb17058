using Broadsheet.Core.Curation;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A story ready to be stored: sanitised, folded and printed before the write, which has no time for it.</summary>
internal sealed record WireStory(string Key, string Title, string? Url, string? Author, DateTimeOffset? PublishedAt, string Body, string Summary, string Folded, string? Language, string? Picture, string? SourceName, string Hash, StoryPrint Print);

/// <summary>What came in: stored once, changed in place, grouped with what others tell of it, and forgotten in time.</summary>
internal static class WireLedger
{
    /// <summary>Stories that nobody used are forgotten so long after they were last in their feed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Older ones, when they are first seen, are no news.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(30);

    private const int Batch = 200;

    /// <returns>How many are new, and how many were changed.</returns>
    public static async Task<(int New, int Changed)> StoreAsync(WriteScope scope, long outletId, string outletName, IReadOnlyList<WireStory> stories, CancellationToken ct)
    {
        var (added, changed) = (0, 0);
        await TakeTurnAsync(scope, outletId, ct);
        foreach (var batch in stories.Chunk(Batch))
        {
            var keys = batch.Select(s => s.Key).ToList();
            var known = await scope.Db.WireItems.AsTracking().Where(w => w.OutletId == outletId && keys.Contains(w.Key)).ToDictionaryAsync(w => w.Key, StringComparer.Ordinal, ct);
            var news = new List<WireItem>();
            foreach (var story in batch)
            {
                if (known.GetValueOrDefault(story.Key) is { } item)
                {
                    item.SeenAt = scope.Now;
                    if (item.Hash == story.Hash) continue;
                    Write(item, story, outletName);
                    item.ChangedAt = scope.Now;
                    changed++;
                }
                else if (story.PublishedAt is not { } at || at > scope.Now - Fresh)
                {
                    var fresh = new WireItem { OutletId = outletId, Key = story.Key, SeenAt = scope.Now, PublishedAt = story.PublishedAt is { } date && date < scope.Now ? date : scope.Now };
                    Write(fresh, story, outletName);
                    news.Add(fresh);
                }
            }
            await AddAsync(scope, news, ct);
            added += news.Count;
        }
        return (added, changed);
    }

    /// <summary>A story whose address somebody gave; one that is here already is given back.</summary>
    public static async Task<long> NominateAsync(WriteScope scope, string siteName, WireStory story, long personId, string? note, CancellationToken ct)
    {
        var outlet = await OutletOfAsync(scope.Db, story.Url, ct);
        var outletId = outlet?.Id;
        if (outletId is { } of) await TakeTurnAsync(scope, of, ct);
        // Its feed may know the story by this address, and lead to it by a longer one.
        var known = await scope.Db.WireItems.AsTracking().Where(w => w.Url == story.Url || (w.OutletId == outletId && outletId != null && w.Key == story.Key)).OrderBy(w => w.Id).FirstOrDefaultAsync(ct);
        if (known is not null)
        {
            (known.NominatedBy, known.Note, known.SeenAt) = (known.NominatedBy ?? personId, known.Note ?? note, scope.Now);
            if (known.State is WireState.Dismissed or WireState.Snoozed) (known.State, known.SnoozedUntil) = (WireState.New, null);
            return known.Id;
        }
        var item = new WireItem { Key = story.Key, SeenAt = scope.Now, PublishedAt = story.PublishedAt is { } date && date < scope.Now ? date : scope.Now, NominatedBy = personId, Note = note };
        item.OutletId = outletId;
        Write(item, story, outlet?.Name ?? siteName);
        await AddAsync(scope, [item], ct);
        return item.Id;
    }

    /// <summary>The page's own text, extracted.</summary>
    public static Task KeepTextAsync(WriteScope scope, long id, string html, CancellationToken ct) =>
        scope.Db.WireItems.Where(w => w.Id == id).ExecuteUpdateAsync(set => set.SetProperty(w => w.FullBody, html), ct);

    /// <summary>Stories that were used are kept, whatever their age.</summary>
    public static Task<int> PurgeAsync(WriteScope scope, CancellationToken ct)
    {
        var before = scope.Now - Kept;
        return scope.Db.WireItems.Where(w => w.ArticleId == null && w.SeenAt < before).ExecuteDeleteAsync(ct);
    }

    /// <summary>On PostgreSQL this waits for whoever stores stories of the same outlet just now, so that what is read next is so.</summary>
    private static Task TakeTurnAsync(WriteScope scope, long outletId, CancellationToken ct) =>
        scope.Db.Outlets.Where(o => o.Id == outletId).ExecuteUpdateAsync(set => set.SetProperty(o => o.AddedAt, o => o.AddedAt), ct);

    /// <summary>The outlet on whose own site a page stands, so that its terms hold for it too; of several, the one whose part of the site it is.</summary>
    private static async Task<Outlet?> OutletOfAsync(BroadsheetDb db, string? url, CancellationToken ct)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var page)) return null;
        var outlets = await OutletLedger.Kept(db).Where(o => o.SiteUrl != null).ToListAsync(ct);
        return outlets.Select(o => (Outlet: o, Site: Uri.TryCreate(o.SiteUrl, UriKind.Absolute, out var site) ? new Uri(site, ".") : null))
            .Where(o => o.Site is { } site && HostOf(site) == HostOf(page) && page.AbsolutePath.StartsWith(site.AbsolutePath, StringComparison.Ordinal))
            .OrderByDescending(o => o.Site!.AbsolutePath.Length).ThenBy(o => o.Outlet.Id).Select(o => o.Outlet).FirstOrDefault();

        static string HostOf(Uri address) => address.Authority.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.Authority[4..] : address.Authority;
    }

    private static async Task AddAsync(WriteScope scope, List<WireItem> items, CancellationToken ct)
    {
        if (items.Count == 0) return;
        scope.Db.WireItems.AddRange(items);
        await scope.FlushAsync(ct);
        var alike = await AlikeAsync(scope.Db, items, ct);
        foreach (var item in items)
        {
            var print = PrintOf(item);
            var other = alike.FirstOrDefault(a => a.Id != item.Id && (a.OutletId != item.OutletId || a.OutletId == null) && print.IsSameStory(PrintOf(a), item.PublishedAt - a.PublishedAt));
            item.GroupId = other is { GroupId: not 0 } ? other.GroupId : item.Id;
            // Who has a story has what others tell of it, too.
            if (other is not null) item.AssignedTo ??= alike.Find(a => a.GroupId == item.GroupId && a is { AssignedTo: not null, State: WireState.New or WireState.Snoozed })?.AssignedTo;
        }
        await scope.FlushAsync(ct);
    }

    /// <summary>Those that share a headline or a band with one of these, oldest first: an index finds each.</summary>
    private static Task<List<WireItem>> AlikeAsync(BroadsheetDb db, List<WireItem> items, CancellationToken ct)
    {
        var (from, to) = (items.Min(i => i.PublishedAt) - StoryPrint.Together, items.Max(i => i.PublishedAt) + StoryPrint.Together);
        var headlines = items.Where(i => i.Headline != 0).Select(i => i.Headline).ToList();
        var (one, two, three, four) = (Bands(items, i => i.Band1), Bands(items, i => i.Band2), Bands(items, i => i.Band3), Bands(items, i => i.Band4));
        return db.WireItems.AsNoTracking().Where(w => w.PublishedAt >= from && w.PublishedAt <= to && w.GroupId != 0
            && (headlines.Contains(w.Headline) || one.Contains(w.Band1) || two.Contains(w.Band2) || three.Contains(w.Band3) || four.Contains(w.Band4))).OrderBy(w => w.Id).Take(500).ToListAsync(ct);
    }

    private static List<long?> Bands(List<WireItem> items, Func<WireItem, long?> band) => [.. items.Select(band).Where(static b => b is not null)];

    private static StoryPrint PrintOf(WireItem item) =>
        new(item.Band1 is { } one && item.Band2 is { } two && item.Band3 is { } three && item.Band4 is { } four ? new TextPrint(one, two, three, four, item.First ?? 0, item.Second ?? 0) : null, item.Headline);

    private static void Write(WireItem item, WireStory story, string outletName)
    {
        (item.OutletName, item.Title, item.Url, item.Author, item.Body, item.Summary, item.Folded) = (outletName, story.Title, story.Url, story.Author, story.Body, story.Summary, story.Folded);
        (item.Language, item.Picture, item.SourceName, item.Hash, item.Headline) = (story.Language, story.Picture, story.SourceName, story.Hash, story.Print.Headline);
        var print = story.Print.Lead;
        (item.Band1, item.Band2, item.Band3, item.Band4, item.First, item.Second) = (print?.Band1, print?.Band2, print?.Band3, print?.Band4, print?.First, print?.Second);
    }
}
