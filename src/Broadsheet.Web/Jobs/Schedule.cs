namespace Broadsheet.Web.Jobs;

/// <summary>Runs each recurring work at its own pace; one that fails is tried again at its next turn.</summary>
internal sealed partial class Schedule(IEnumerable<IRecurring> works, TimeProvider clock, ILogger<Schedule> log) : BackgroundService
{
    /// <summary>At the latest so long after the start it is each work's turn for the first time: a program that is started anew every hour still does what is due once a day.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(works.Select(w => RepeatAsync(w, stoppingToken)));

    private async Task RepeatAsync(IRecurring work, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(work.Every < Soon ? work.Every : Soon, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                timer.Period = work.Every;
                await RunAsync(work, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task RunAsync(IRecurring work, CancellationToken ct)
    {
        try
        {
            while (await work.RunAsync(ct)) { }
        }
        catch (Exception problem) when (!ct.IsCancellationRequested)
        {
            Log.Failed(log, work.GetType().Name, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "{Work} failed and will be tried again")]
        public static partial void Failed(ILogger log, string work, Exception failure);
    }
}
