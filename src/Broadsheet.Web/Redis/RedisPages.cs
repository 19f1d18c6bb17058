using Broadsheet.Web.Caching;
using StackExchange.Redis;

namespace Broadsheet.Web.Redis;

/// <summary>Pages in Redis, each for its lifetime, or until Redis wants the room.</summary>
internal sealed class RedisPages(RedisConnection redis) : ISharedPages
{
    /// <summary>More is none of ours.</summary>
    private const int Largest = 2 << 20;

    public bool IsUp => redis.IsUp;

    public async ValueTask<byte[]?> FindAsync(string name)
    {
        RedisKey key = $"{await redis.PrefixAsync()}page:{name}";
        var (_, bytes) = await redis.TryAsync(db => db.StringGetAsync(key));
        return bytes.IsNull || bytes.Length() > Largest ? null : (byte[]?)bytes;
    }

    public async Task KeepAsync(string name, byte[] packet, TimeSpan lifetime)
    {
        RedisKey key = $"{await redis.PrefixAsync()}page:{name}";
        await redis.TryAsync(db => db.StringSetAsync(key, packet, lifetime));
    }
}
