using System.Collections.Concurrent;
using System.Diagnostics;
using Broadsheet.Web.Caching.Front;

namespace Broadsheet.Web.Caching;

/// <summary>
/// The first thing that a request meets. A page that is the same for every reader comes from memory, compressed once; a miss is
/// rendered once, for nobody, while others wait. Pages join by <see cref="PageCacheExtensions.MayCache"/>; nothing is cached unasked.
/// </summary>
internal sealed partial class PageCache(RequestDelegate next, PageStore store, PageKeys keys, IServiceScopeFactory scopes, SecondLevel second, CacheMeter meter, TimeProvider clock, ILogger<PageCache> log, FrontControl? front = null)
{
    private readonly SharedRendering _shared = new(next, scopes, front);
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext http)
    {
        if (keys.KeyOf(http.Request) is not { } key) return next(http);
        if (store.Find(key) is not { } page || (page.Until is { } until && until <= clock.GetUtcNow())) return MissAsync(http, key, null);
        if (page.IsForGuests && PageKeys.HasSession(http.Request)) return next(http);
        if (page.IsStale && Stopwatch.GetElapsedTime(page.CreatedAt) > PageStore.SoftInterval) return MissAsync(http, key, page);
        meter.Hit();
        return SendPage.SendAsync(http, page, store);
    }

    /// <param name="stale">What to give those who would have to wait; null: they wait.</param>
    private async Task MissAsync(HttpContext http, string key, CachedPage? stale)
    {
        var asked = store.Generation;
        while (true)
        {
            var own = new Flight(store.Generation);
            var flight = _flights.GetOrAdd(key, own);
            if (flight == own)
            {
                var made = await RenderAsync(http.Request, key, own);
                // The database is away, it may be: counts of a moment ago are better than nothing.
                await GiveAsync(http, stale is not null && made.Status >= StatusCodes.Status500InternalServerError ? new Rendered(StatusCodes.Status200OK, [], [], stale) : made);
                return;
            }
            if (stale is not null)
            {
                meter.Stale();
                await GiveAsync(http, new Rendered(StatusCodes.Status200OK, [], [], stale));
                return;
            }
            var rendered = await flight.Landed.Task.WaitAsync(http.RequestAborted);
            // It failed for the one who rendered it: this reader finds out alone.
            if (rendered is null)
            {
                await next(http);
                return;
            }
            // A rendering begun before a change that this reader may already know of is not for them; the next one they meet was begun after.
            if (flight.Generation < asked && (rendered.Page is null || !store.IsFresh(rendered.Page, flight.Generation))) continue;
            await GiveAsync(http, rendered);
            return;
        }
    }

    /// <summary>The reader who began it may leave: others wait for it, and it is kept.</summary>
    private async Task<Rendered> RenderAsync(HttpRequest reader, string key, Flight flight)
    {
        Rendered? rendered = null;
        var started = Stopwatch.GetTimestamp();
        var before = second.Position;
        meter.Miss();
        try
        {
            if (await second.FindAsync(key) is { } shared)
            {
                store.Keep(key, shared, flight.Generation);
                return rendered = new Rendered(StatusCodes.Status200OK, [], [], shared);
            }
            rendered = await _shared.RunAsync(reader);
            if (rendered.Page is { } page)
            {
                store.Keep(key, page, flight.Generation);
                second.Give(key, page, before);
                meter.Rendered(Stopwatch.GetElapsedTime(started));
                Log.Rendered(log, reader.Path, page.Identity.Length);
            }
            return rendered;
        }
        finally
        {
            _flights.TryRemove(new KeyValuePair<string, Flight>(key, flight));
            flight.Landed.TrySetResult(rendered);
        }
    }

    private Task GiveAsync(HttpContext http, Rendered rendered)
    {
        if (rendered.Page is { } page) return page.IsForGuests && PageKeys.HasSession(http.Request) ? next(http) : SendPage.SendAsync(http, page, store);
        // Nothing for all: those who are somebody may see what nobody does, and a redirect takes along the whole query.
        return PageKeys.IsSomebodys(http.Request) || (rendered.IsRedirect && PageKeys.HasMoreQuery(http.Request)) ? next(http) : rendered.SendAsync(http);
    }

    /// <summary>A rendering under way.</summary>
    /// <param name="generation">The store's from before it began.</param>
    private sealed class Flight(long generation)
    {
        public long Generation => generation;

        /// <summary>Null where it failed.</summary>
        public TaskCompletionSource<Rendered?> Landed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "Rendered {Path}: {Bytes} bytes")]
        public static partial void Rendered(ILogger log, PathString path, int bytes);
    }
}
