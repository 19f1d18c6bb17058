using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Redis;

/// <summary>What nodes share through Redis: pages, limits, and the news that there is something to read. Without it each is for itself.</summary>
internal static class RedisRoom
{
    /// <param name="options">Null for none.</param>
    public static IServiceCollection AddRedis(this IServiceCollection services, RedisOptions? options)
    {
        services.AddSingleton<LocalCounts>().AddSingleton<Knocks>();
        if (options is null) return services.AddSingleton<ISharedCounts>(s => s.GetRequiredService<LocalCounts>()).AddSingleton<IDoorbell, NoDoorbell>();
        services.AddSingleton<RedisDoorbell>().AddSingleton<IDoorbell>(s => s.GetRequiredService<RedisDoorbell>()).AddHostedService(s => s.GetRequiredService<RedisDoorbell>());
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<RedisConnection>(s, options)).AddHostedService(s => s.GetRequiredService<RedisConnection>());
        return services.AddSingleton<ISharedCounts, RedisCounts>().AddSingleton<ISharedPages, RedisPages>();
    }
}
