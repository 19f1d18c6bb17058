using System.Globalization;
using System.Text;

namespace Broadsheet.Cluster;

/// <param name="Lost">Accepted, and not in the database afterwards.</param>
/// <param name="Heard">How long a watcher waited for a comment once all was mended; null for not at all.</param>
internal sealed record Result(string What, Tally Tally, int Lost, TimeSpan? Heard);

/// <summary>As it stands in docs/guide/scale.md.</summary>
internal sealed class ResultTable
{
    private readonly StringBuilder _text = new("| what happens | pages read | of them failed | comments accepted | of them lost | given back with the words | not known to their writers | p50 / p99 / slowest page, ms | heard of after, ms | failures |\n|---|---|---|---|---|---|---|---|---|---|\n");

    /// <summary>Nothing was lost, and live updates came back each time.</summary>
    public bool IsWhole { get; private set; } = true;

    public string Text => _text.ToString();

    public void Add(Result r)
    {
        IsWhole &= r.Lost == 0 && r.Heard is not null;
        var t = r.Tally;
        var line = string.Create(CultureInfo.InvariantCulture,
            $"| {r.What} | {t.Reads} | {t.FailedReads} | {t.Accepted.Count} | {r.Lost} | {t.Kept} | {t.FailedWrites} | {t.Percentile(0.5):0} / {t.Percentile(0.99):0} / {t.Percentile(1):0} | {(r.Heard is { } heard ? heard.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) : "never")} | {string.Join(", ", t.Failures)} |\n");
        Console.Error.Write(line);
        _text.Append(line);
    }
}
