namespace Broadsheet.Web.Caching;

/// <summary>
/// Where pages lie that other nodes may take. May lose, keep and give back anything: what is taken is looked at (<see cref="PagePacket"/>, <see cref="EvictionLog"/>). Never
/// throws, and never waits long.
/// </summary>
internal interface ISharedPages
{
    /// <summary>It answers; else nobody need pack or ask.</summary>
    bool IsUp { get; }

    /// <returns>Null for none, or for no answer in time.</returns>
    ValueTask<byte[]?> FindAsync(string name);

    Task KeepAsync(string name, byte[] packet, TimeSpan lifetime);
}
