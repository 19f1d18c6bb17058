using System.Diagnostics.Metrics;

namespace Broadsheet.Web.Caching;

/// <summary>What the page cache tells whoever measures it. Where nobody does, a reading pays for one comparison.</summary>
internal sealed class CacheMeter
{
    public const string Name = "Broadsheet.Caching";

    private static readonly KeyValuePair<string, object?> HitTag = new("result", "hit");
    private static readonly KeyValuePair<string, object?> StaleTag = new("result", "stale");
    private static readonly KeyValuePair<string, object?> MissTag = new("result", "miss");

    private readonly Counter<long> _lookups;
    private readonly Histogram<double> _renderings;

    public CacheMeter(IMeterFactory meters, PageStore store)
    {
        var meter = meters.Create(Name);
        _lookups = meter.CreateCounter<long>("broadsheet.page_cache.lookups", "{lookup}", "Requests that the page cache answered from memory, with a page that was about to be rendered anew, or by rendering");
        _renderings = meter.CreateHistogram<double>("broadsheet.page_cache.rendering.duration", "s", "How long a shared page took to render");
        meter.CreateObservableGauge("broadsheet.page_cache.size", () => store.Bytes, "By", "What the pages in memory take");
    }

    public void Hit() => _lookups.Add(1, HitTag);

    public void Stale() => _lookups.Add(1, StaleTag);

    public void Miss() => _lookups.Add(1, MissTag);

    public void Rendered(TimeSpan time) => _renderings.Record(time.TotalSeconds);
}
