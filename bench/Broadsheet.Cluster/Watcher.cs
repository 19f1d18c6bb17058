using System.Diagnostics;

namespace Broadsheet.Cluster;

/// <summary>A browser that watches a discussion: told of something new, it knows when; cut off, it comes back, as browsers do.</summary>
internal sealed class Watcher(Uri site, int article) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = site, Timeout = Timeout.InfiniteTimeSpan };
    private long _news;
    private int _isOpen;

    public bool IsOpen => Volatile.Read(ref _isOpen) == 1;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var stream = await _http.GetStreamAsync(new Uri($"/wp-json/broadsheet/v1/live?post={article}", UriKind.Relative), ct);
                using var lines = new StreamReader(stream);
                while (await lines.ReadLineAsync(ct) is { } line)
                {
                    Volatile.Write(ref _isOpen, 1);
                    if (line.StartsWith("data: ", StringComparison.Ordinal)) Volatile.Write(ref _news, Stopwatch.GetTimestamp());
                }
            }
            catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
            {
                // It comes back.
            }
            Volatile.Write(ref _isOpen, 0);
            await Task.Delay(1_000, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>How long after it was said it was told of; null for not within ten seconds.</returns>
    public async Task<TimeSpan?> HearsAsync(Func<Task> say)
    {
        var begun = Stopwatch.GetTimestamp();
        await say();
        var said = Stopwatch.GetTimestamp();
        // It may hear of it before the writer has their answer.
        while (Volatile.Read(ref _news) < begun)
        {
            if (Stopwatch.GetElapsedTime(said) > TimeSpan.FromSeconds(10)) return null;
            await Task.Delay(5);
        }
        return Stopwatch.GetElapsedTime(said, Math.Max(said, Volatile.Read(ref _news)));
    }

    public void Dispose() => _http.Dispose();
}
