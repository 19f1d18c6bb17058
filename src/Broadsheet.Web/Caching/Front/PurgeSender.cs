using System.Diagnostics;
using System.Text;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching.Front;

/// <summary>
/// Tells one cache in front what to forget, as soon as it is committed and until it has heard. What went at once goes a second time a moment later: an answer that
/// was on its way to the cache when it heard the first is kept by it after.
/// </summary>
internal sealed partial class PurgeSender(Uri address, TimeSpan fresh, HttpClient http, ILogger log) : IDisposable
{
    /// <summary>Longer than an answer is on its way.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly HttpMethod Method = new("PURGE");

    /// <summary>Below what servers take as one header (Varnish: 8 KB).</summary>
    private const int HeaderLength = 4_000;

    private readonly PurgeQueue _queue = new();
    private readonly SemaphoreSlim _woken = new(0);
    private readonly Queue<(long Since, Purge Purge)> _again = new();
    private int _failures;

    public void Add(IReadOnlyList<Eviction> evictions)
    {
        _queue.Add(evictions);
        _woken.Release();
    }

    /// <summary>What it missed is unknown: every page is old there.</summary>
    public void AddEveryPage()
    {
        _queue.AddEveryPage(hard: false);
        _woken.Release();
    }

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await WaitAsync(ct);
            Purge? again = null;
            if (_again.TryPeek(out var head) && Stopwatch.GetElapsedTime(head.Since) >= Again) again = _again.Dequeue().Purge;
            var purge = _queue.Take();
            if (purge.IsEmpty && again is null) continue;
            try
            {
                await SendAsync(purge, ct);
                if (purge.Hard.Count > 0) _again.Enqueue((Stopwatch.GetTimestamp(), purge with { Soft = [] }));
                if (again is not null) await SendAsync(again, ct);
                if (_failures > 0) Log.Heard(log, address.Authority, _failures);
                _failures = 0;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
            {
                _queue.Add(purge);
                if (again is not null) _queue.Add(again);
                if (_failures++ == 0) Log.Failed(log, address.Authority, failure is OperationCanceledException ? "no answer in time" : failure.Message, (int)(fresh + FrontControl.WhileRevalidating).TotalSeconds);
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.5 * Math.Pow(2, Math.Min(_failures, 10)))), ct);
                _woken.Release();
            }
        }
    }

    /// <summary>At the end: what still waits, once.</summary>
    public async Task EndAsync(CancellationToken ct)
    {
        while (_again.TryDequeue(out var last)) _queue.Add(last.Purge);
        await SendAsync(_queue.Take(), ct);
    }

    /// <summary>Not its semaphore, which holds nothing: who commits something at the very end may still wake it.</summary>
    public void Dispose()
    {
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        var until = _again.TryPeek(out var head) ? Again - Stopwatch.GetElapsedTime(head.Since) : Timeout.InfiniteTimeSpan;
        if (_again.Count > 0 && until < TimeSpan.Zero) until = TimeSpan.Zero;
        await _woken.WaitAsync(until, ct);
        while (await _woken.WaitAsync(TimeSpan.Zero, ct)) { }
    }

    private async Task SendAsync(Purge purge, CancellationToken ct)
    {
        foreach (var keys in Headers(purge.Hard)) await SendAsync("xkey-purge", keys, ct);
        foreach (var keys in Headers(purge.Soft)) await SendAsync("xkey-softpurge", keys, ct);
    }

    private async Task SendAsync(string header, string keys, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(Method, address);
        request.Headers.Add(header, keys);
        using var answer = await http.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"it answered {(int)answer.StatusCode}");
    }

    private static IEnumerable<string> Headers(IReadOnlyList<string> tags)
    {
        var keys = new StringBuilder();
        foreach (var tag in tags)
        {
            if (keys.Length + tag.Length >= HeaderLength)
            {
                yield return keys.ToString();
                keys.Clear();
            }
            keys.Append(keys.Length == 0 ? "" : " ").Append(tag);
        }
        if (keys.Length > 0) yield return keys.ToString();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1020, Level = LogLevel.Warning, Message = "The cache in front at {Address} could not be told what to forget: {Reason}. It is told again until it hears; meanwhile, it may give old pages for up to {Seconds} seconds")]
        public static partial void Failed(ILogger log, string address, string reason, int seconds);

        [LoggerMessage(EventId = 1021, Level = LogLevel.Warning, Message = "The cache in front at {Address} hears again, after {Failures} failures; it has been told all that it missed")]
        public static partial void Heard(ILogger log, string address, int failures);
    }
}
