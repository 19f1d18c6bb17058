using Broadsheet.Web.Data;
using StackExchange.Redis;

namespace Broadsheet.Web.Redis;

/// <summary>
/// The connection to Redis, made beside the start and made anew whenever it is lost. Nothing that a reader waits for waits for it longer than
/// <see cref="Patience"/>; where it did not answer a few times in a row, it is left alone for a while.
/// </summary>
internal sealed partial class RedisConnection(RedisOptions options, PublicationStore publications, TimeProvider clock, ILogger<RedisConnection> log) : IHostedService, IAsyncDisposable
{
    /// <summary>How long it is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private const int MostFailures = 3;

    private readonly CancellationTokenSource _stopping = new();
    private volatile ConnectionMultiplexer? _redis;
    private Task _connecting = Task.CompletedTask;
    private string? _prefix;
    private int _failures;
    private long _restsUntil;
    private int _isAway;

    /// <summary>How long one who waits for it waits.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Told once it is there for the first time.</summary>
    public Action<ISubscriber>? Connected { get; set; }

    /// <summary>It is worth asking.</summary>
    public bool IsUp => _redis is { IsConnected: true } && (Volatile.Read(ref _failures) < MostFailures || clock.GetTimestamp() >= Volatile.Read(ref _restsUntil));

    /// <returns>What it said; nothing where it did not, in time.</returns>
    public async ValueTask<(bool Answered, T Answer)> TryAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        if (_redis is not { IsConnected: true } redis || !MayAsk()) return default;
        try
        {
            var answer = await ask(redis.GetDatabase()).WaitAsync(Patience, clock);
            if (Volatile.Read(ref _failures) > 0 && Interlocked.Exchange(ref _failures, 0) >= MostFailures) Log.Back(log);
            return (true, answer);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            Failed(problem);
            return default;
        }
    }

    /// <summary>Sends what nobody waits for.</summary>
    public void Send(Action<ConnectionMultiplexer> send)
    {
        if (_redis is not { IsConnected: true } redis) return;
        try
        {
            send(redis);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException or ObjectDisposedException)
        {
            Failed(problem);
        }
    }

    /// <summary>Before all of this publication's keys and channels: several may share one Redis.</summary>
    public async ValueTask<string> PrefixAsync() => _prefix ??= $"broadsheet:{(await publications.GetAsync(CancellationToken.None)).Mark("redis", 9)}:";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = ConnectAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _connecting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is { } redis) await redis.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ConnectAsync()
    {
        while (_redis is null)
        {
            try
            {
                var redis = await ConnectionMultiplexer.ConnectAsync(options.Connection).WaitAsync(_stopping.Token);
                redis.ConnectionFailed += (_, _) => Away("the connection was lost");
                redis.ConnectionRestored += (_, _) => Back();
                if (!redis.IsConnected) Away("nobody answers");
                Connected?.Invoke(redis.GetSubscriber());
                _redis = redis;
            }
            catch (Exception problem) when (!_stopping.IsCancellationRequested)
            {
                Away(problem.Message);
                await Task.Delay(Rest, clock, _stopping.Token);
            }
        }
    }

    /// <summary>After a rest, one finds out for all.</summary>
    private bool MayAsk()
    {
        if (Volatile.Read(ref _failures) < MostFailures) return true;
        var (now, until) = (clock.GetTimestamp(), Volatile.Read(ref _restsUntil));
        return now >= until && Interlocked.CompareExchange(ref _restsUntil, now + RestTicks, until) == until;
    }

    private long RestTicks => (long)(Rest.TotalSeconds * clock.TimestampFrequency);

    private void Failed(Exception problem)
    {
        var failures = Interlocked.Increment(ref _failures);
        if (failures < MostFailures) return;
        Volatile.Write(ref _restsUntil, clock.GetTimestamp() + RestTicks);
        if (failures == MostFailures) Log.Rests(log, problem is TimeoutException ? "it does not answer in time" : problem.Message);
    }

    private void Away(string reason)
    {
        if (Interlocked.Exchange(ref _isAway, 1) == 0) Log.Away(log, reason);
    }

    private void Back()
    {
        Volatile.Write(ref _failures, 0);
        if (_redis is { IsConnected: true } && Interlocked.Exchange(ref _isAway, 0) == 1) Log.Back(log);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Redis is away ({Reason}): pages are not shared, limits are counted by each node, changes elsewhere are seen half a second later")]
        public static partial void Away(ILogger log, string reason);

        [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "Redis is back")]
        public static partial void Back(ILogger log);

        [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "Redis is left alone for a while: {Reason}")]
        public static partial void Rests(ILogger log, string reason);
    }
}
