namespace Broadsheet.Web.Jobs;

/// <summary>Runs each recurring work at its own pace; one that fails is tried again at its next turn.</summary>
internal sealed partial class Schedule(IEnumerable<IRecurring> works, TimeProvider clock, ILogger<Schedule> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(works.Select(w => RepeatAsync(w, stoppingToken)));

    private async Task RepeatAsync(IRecurring work, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(work.Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) await RunAsync(work, ct);
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
