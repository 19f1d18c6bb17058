using Broadsheet.Web.Caching;
using StackExchange.Redis;

namespace Broadsheet.Web.Redis;

/// <summary>Rings at all other nodes by publish and subscribe. However many commits come together, one ring is under way.</summary>
internal sealed class RedisDoorbell : IDoorbell, IHostedService
{
    private readonly RedisConnection _redis;
    private readonly Knocks _knocks;
    private readonly string _name = Guid.CreateVersion7().ToString("N");
    private string? _channel;
    private int _isRinging;

    public RedisDoorbell(RedisConnection redis, Knocks knocks)
    {
        (_redis, _knocks) = (redis, knocks);
        redis.Connected = Listen;
    }

    public void Ring()
    {
        if (_channel is null || !_redis.IsUp || Interlocked.Exchange(ref _isRinging, 1) == 1) return;
        // Whoever commits goes on; what is committed until it is sent is rung for as well.
        ThreadPool.UnsafeQueueUserWorkItem(static bell => bell.Send(), this, preferLocal: false);
    }

    public async Task StartAsync(CancellationToken cancellationToken) => _channel = $"{await _redis.PrefixAsync()}evictions";

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Send()
    {
        Volatile.Write(ref _isRinging, 0);
        _redis.Send(redis => redis.GetSubscriber().Publish(RedisChannel.Literal(_channel!), _name, CommandFlags.FireAndForget));
    }

    /// <summary>From now on, and again after each time the connection was lost.</summary>
    private void Listen(ISubscriber subscriber) => subscriber.Subscribe(RedisChannel.Literal(_channel!), (_, who) =>
    {
        if (who != _name) _knocks.Knock();
    }, CommandFlags.FireAndForget);
}
