namespace Broadsheet.Web.Hosting;

/// <summary>
/// Told to stop, the program first says so at <c>/readyz</c> and serves on for a while: whoever distributes readers sends them elsewhere, and nobody meets a closed door.
/// Streams end at once; browsers open them again, elsewhere.
/// </summary>
internal sealed partial class Draining(SiteOptions options, TimeProvider clock, ILogger<Draining> log) : IHostedLifecycleService
{
    private volatile bool _isOn;

    public bool IsOn => _isOn;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isOn = true;
        if (options.Drain == TimeSpan.Zero) return;
        Log.Began(log, options.Drain.TotalSeconds);
        await Task.Delay(options.Drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(EventId = 5010, Level = LogLevel.Information, Message = "Told to stop: serving on for {Seconds} seconds, and not ready any more")]
        public static partial void Began(ILogger log, double seconds);
    }
}
