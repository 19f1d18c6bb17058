using System.Diagnostics.Metrics;

namespace Broadsheet.Web.Data;

/// <summary>How many of the readings that a replica may answer it does answer.</summary>
internal sealed class ReplicaMeter
{
    private static readonly KeyValuePair<string, object?> ReplicaTag = new("server", "replica");
    private static readonly KeyValuePair<string, object?> PrimaryTag = new("server", "primary");

    private readonly Counter<long> _readings;

    public ReplicaMeter(IMeterFactory meters) => _readings = meters.Create(WriteMeter.Name).CreateCounter<long>("broadsheet.replica.readings", "{reading}", "Readings that a replica may answer, by the server that did: the primary where the replica is behind or away");

    public void Replica() => _readings.Add(1, ReplicaTag);

    public void Primary() => _readings.Add(1, PrimaryTag);
}
