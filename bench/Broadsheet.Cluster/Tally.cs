using System.Collections.Concurrent;
using System.Diagnostics;

namespace Broadsheet.Cluster;

/// <summary>What readers and writers saw while something happened.</summary>
internal sealed class Tally
{
    private readonly ConcurrentQueue<double> _reads = new();
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _failedReads;
    private int _failedWrites;
    private int _kept;

    /// <summary>Words of comments that were answered as accepted.</summary>
    public ConcurrentBag<string> Accepted { get; } = [];

    public int Reads => _reads.Count;

    public int FailedReads => _failedReads;

    /// <summary>Neither accepted nor given back: the writer does not know.</summary>
    public int FailedWrites => _failedWrites;

    /// <summary>Refused by a page that gives the words back.</summary>
    public int Kept => _kept;


    /// <summary>Why, and how often.</summary>
    public IEnumerable<string> Failures => _failures.OrderByDescending(f => f.Value).Select(f => $"{f.Key} ×{f.Value}");

    public void Read(long since, string? failure)
    {
        _reads.Enqueue(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        if (failure is null) return;
        Interlocked.Increment(ref _failedReads);
        Note($"read {failure}");
    }

    public void Wrote(string words) => Accepted.Add(words);

    public void GaveBack() => Interlocked.Increment(ref _kept);

    public void FailedToWrite(string failure)
    {
        Interlocked.Increment(ref _failedWrites);
        Note($"write {failure}");
    }

    /// <returns>In milliseconds.</returns>
    public double Percentile(double part)
    {
        var times = _reads.Order().ToArray();
        return times.Length == 0 ? 0 : times[Math.Min(times.Length - 1, (int)(times.Length * part))];
    }

    private void Note(string failure) => _failures.AddOrUpdate(failure, 1, (_, n) => n + 1);
}
