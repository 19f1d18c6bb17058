using System.Diagnostics;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Features.Transfer.WordPress;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>Looks exports through and brings them in, one at a time, beside the readers. One that the end of the program interrupted goes on at the next start.</summary>
internal sealed partial class ImportWorker(ImportShelf shelf, IDatabaseEngine engine, WordPressImport import, GuardedHttp http, TimeProvider clock, ILogger<ImportWorker> log) : BackgroundService
{
    private const int NotesKept = 200;
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _bell = new(0);
    private volatile Turn? _turn;

    private sealed record Turn(string Id, ImportGauge Gauge, CancellationTokenSource Stop);

    /// <summary>There is something to do.</summary>
    public void Ring() => _bell.Release();

    /// <returns>How far it is; null where it is not its turn.</returns>
    public ImportGauge.Mark? NowOf(string id) => _turn is { } turn && turn.Id == id ? turn.Gauge.Now : null;

    /// <summary>Stops it soon, or takes it out of the queue. What is written stays, and it can go on.</summary>
    public void Stop(string id)
    {
        shelf.Change(id, t => t.IsAtWork, t => t with { Stand = ImportStand.Stopped, EndedAt = clock.GetUtcNow() });
        if (_turn is { } turn && turn.Id == id) turn.Stop.Cancel();
    }

    public override void Dispose()
    {
        _bell.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isIdle = true;
            try
            {
                // What only has to be looked through does not wait for what is brought in after it.
                var next = shelf.All().Where(t => t.IsAtWork).OrderBy(t => t.Stand == ImportStand.Looking ? 0 : 1).ThenBy(t => t.At).FirstOrDefault();
                if (next is not null) await TakeAsync(next, stoppingToken);
                isIdle = next is null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A full disk takes no ticket either. The readers' pages go on; the import, when there is room.
                Log.NotNoted(log, failure.Message);
            }
            if (isIdle) await _bell.WaitAsync(Look, stoppingToken);
        }
    }

    private async Task TakeAsync(ImportTicket ticket, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var gauge = new ImportGauge();
        _turn = new Turn(ticket.Id, gauge, stop);
        try
        {
            await (ticket.Stand == ImportStand.Looking ? LookAsync(ticket, gauge, stop.Token) : BringInAsync(ticket, gauge, stop.Token));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Its ticket says that it runs: the next start goes on.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever stopped it has noted so, and may have let it go on since.
        }
        catch (Exception failure)
        {
            if (Expected(failure) is null) Log.Failed(log, ticket.Name, failure);
            End(ticket.Id, t => t with { Stand = ImportStand.Failed, Problem = Expected(failure) ?? "It stopped at something that nobody foresaw; the program's log has it. What was written stays, and it can go on." });
        }
        finally
        {
            _turn = null;
        }
    }

    private async Task LookAsync(ImportTicket ticket, ImportGauge gauge, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var request = RequestOf(ticket);
        var reading = gauge.Reading("Looking it through", ticket.Bytes, null);
        var first = await Task.Run(() => FirstPass.Read(request.File, WordPressImport.OptionsOf(request), reading, ct), ct);
        var report = ImportReport.OfFirstPass(first, Stopwatch.GetElapsedTime(started));
        End(ticket.Id, t => Told(t, report) with { Stand = ImportStand.Ready, IsRead = true, Title = StoredName.Plain(first.Survey.Channel.Title), Source = first.Source });
    }

    private async Task BringInAsync(ImportTicket ticket, ImportGauge gauge, CancellationToken ct)
    {
        if (shelf.Change(ticket.Id, t => t.IsAtWork, t => t with { Stand = ImportStand.Running }) is null) return;
        await using var alone = ImportLock.Take(shelf.DataFolder);
        var request = RequestOf(ticket);
        var reading = gauge.Reading("Looking it through", ticket.Bytes, null);
        var first = await Task.Run(() => FirstPass.Read(request.File, WordPressImport.OptionsOf(request), reading, ct), ct);
        gauge.Says("Making ready");
        if (engine is SqliteEngine) await ImportRehearsal.RunAsync(http, ct);
        var report = await import.RunAsync(request, first, gauge, ct);
        End(ticket.Id, t => Told(t, report) with { Stand = ImportStand.Done, Problem = null, Seconds = report.Elapsed.TotalSeconds });
    }

    private void End(string id, Func<ImportTicket, ImportTicket> change) => shelf.Change(id, t => t.IsAtWork, t => change(t) with { EndedAt = clock.GetUtcNow() });

    private static ImportTicket Told(ImportTicket ticket, ImportReport report) => ticket with
    {
        Lines = [.. report.Kinds.Select(k => new ImportLine(k.Kind, k.Count.Read, k.Count.Written, k.Count.Present, k.Count.Skipped))],
        Notes = [.. report.Skips.Concat(report.Warnings).Take(NotesKept).Select(n => n.ToString())],
        NoteCount = report.SkipCount + report.First.Survey.WarningCount,
        Facts = report.Facts,
    };

    private ImportRequest RequestOf(ImportTicket ticket) =>
        new(shelf.FileOf(ticket.Id)) { Name = ticket.Name, Repair = ticket.Repair, KeepCreditLines = ticket.KeepCreditLines, FetchMedia = ticket.FetchMedia };

    /// <summary>What a person is told of a failure that may happen; null for one that should not.</summary>
    private string? Expected(Exception failure) => failure switch
    {
        WxrFormatException => failure.Message,
        StorageException => $"{failure.Message} What was written stays, and it can go on.",
        _ when engine.AsStorageTrouble(failure) is { } trouble => $"{trouble.Message} What was written stays, and it can go on.",
        FileNotFoundException => "The export is not here any more.",
        IOException or UnauthorizedAccessException => failure.Message,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 9002, Level = LogLevel.Warning, Message = "How an import stands could not be read or noted, and is tried again: {Reason}")]
        public static partial void NotNoted(ILogger log, string reason);

        [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "The import of {Name} failed")]
        public static partial void Failed(ILogger log, string name, Exception failure);
    }
}
