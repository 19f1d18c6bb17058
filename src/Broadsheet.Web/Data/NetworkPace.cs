namespace Broadsheet.Web.Data;

/// <summary>How often one network may do something within a time that ends now. A restart may forgive.</summary>
/// <param name="name">Of what they do.</param>
internal sealed class NetworkPace(string name, int most, TimeSpan window, ISharedCounts counts)
{
    private readonly CountKind _kind = new(name, window);

    /// <returns>Null: go on. Else how long to wait.</returns>
    public async ValueTask<TimeSpan?> TakeAsync(string network) => (await counts.AddAsync(_kind, new CountKey(network, most))).Wait;
}
