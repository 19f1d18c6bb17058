using Broadsheet.Web.Data;
using StackExchange.Redis;

namespace Broadsheet.Web.Redis;

/// <summary>
/// Counts in all nodes together, by Redis's clock and in one step each. This process counts for itself as well: while Redis is away that is what holds, and it does not begin
/// at nothing. What is counted is named by a mark of it: no address of a reader stands in Redis.
/// </summary>
internal sealed class RedisCounts(RedisConnection redis, PublicationStore publications, LocalCounts local) : ISharedCounts
{
    /// <summary>A list a key, of the moments in milliseconds, newest first; as <see cref="LocalCounts"/> has them.</summary>
    private const string Add = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local window = tonumber(ARGV[1])
        local wait, counts = 0, {}
        for i, key in ipairs(KEYS) do
          local oldest = redis.call('LINDEX', key, -1)
          while oldest and tonumber(oldest) <= now - window do
            redis.call('RPOP', key)
            oldest = redis.call('LINDEX', key, -1)
          end
          counts[i] = redis.call('LLEN', key)
          if counts[i] >= tonumber(ARGV[i + 1]) and oldest then wait = math.max(wait, tonumber(oldest) + window - now) end
        end
        if wait == 0 then
          for i, key in ipairs(KEYS) do
            counts[i] = math.min(redis.call('LPUSH', key, now), 10000)
            redis.call('LTRIM', key, 0, 9999)
            redis.call('PEXPIRE', key, window)
          end
        end
        table.insert(counts, 1, wait)
        return counts
        """;

    public async ValueTask<Counted> AddAsync(CountKind kind, params CountKey[] keys)
    {
        var own = await local.AddAsync(kind, keys);
        if (!redis.IsUp) return own;
        var names = await NamesAsync(kind, keys.Select(k => k.Key));
        RedisValue[] values = [(long)kind.Window.TotalMilliseconds, .. keys.Select(k => (RedisValue)k.Most)];
        var (answered, answer) = await redis.TryAsync(db => db.ScriptEvaluateAsync(Add, names, values));
        if (!answered || (long[]?)answer is not { } numbers || numbers.Length != keys.Length + 1) return own;
        // Who was refused was not counted; nor here, for when Redis is away.
        if (numbers[0] > 0 && own.Wait is null) foreach (var key in keys) await local.TakeBackAsync(kind, key.Key);
        return new Counted(numbers[0] > 0 ? TimeSpan.FromMilliseconds(numbers[0]) : null, [.. numbers[1..].Select(n => (int)n)]);
    }

    public async ValueTask TakeBackAsync(CountKind kind, string key)
    {
        await local.TakeBackAsync(kind, key);
        if (!redis.IsUp) return;
        var names = await NamesAsync(kind, [key]);
        await redis.TryAsync(db => db.ListLeftPopAsync(names[0]));
    }

    public async ValueTask ForgetAsync(CountKind kind, params string[] keys)
    {
        await local.ForgetAsync(kind, keys);
        if (!redis.IsUp) return;
        var names = await NamesAsync(kind, keys);
        await redis.TryAsync(db => db.KeyDeleteAsync(names));
    }

    public async ValueTask<bool> SpendAsync(string kind, long serial, TimeSpan lasts)
    {
        if (!await local.SpendAsync(kind, serial, lasts)) return false;
        if (!redis.IsUp) return true;
        RedisKey name = $"{await redis.PrefixAsync()}spent:{kind}:{serial:x}";
        var (answered, isFirst) = await redis.TryAsync(db => db.StringSetAsync(name, 1, lasts, When.NotExists));
        return !answered || isFirst;
    }

    private async ValueTask<RedisKey[]> NamesAsync(CountKind kind, IEnumerable<string> keys)
    {
        var (prefix, publication) = (await redis.PrefixAsync(), await publications.GetAsync(CancellationToken.None));
        return [.. keys.Select(k => (RedisKey)$"{prefix}count:{kind.Name}:{publication.Mark(k, 12)}")];
    }
}
