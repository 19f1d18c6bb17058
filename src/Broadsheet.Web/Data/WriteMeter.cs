using System.Diagnostics.Metrics;

namespace Broadsheet.Web.Data;

/// <summary>How long writes take, waiting for their turn and for the disk included.</summary>
internal sealed class WriteMeter
{
    public const string Name = "Broadsheet.Data";

    private readonly Histogram<double> _writes;

    public WriteMeter(IMeterFactory meters) => _writes = meters.Create(Name).CreateHistogram<double>("broadsheet.writes.duration", "s", "How long a write took, from being asked for until it was durable");

    /// <summary>Nobody asks: there is no need to look at the clock.</summary>
    public bool IsOn => _writes.Enabled;

    public void Written(TimeSpan time) => _writes.Record(time.TotalSeconds);
}
