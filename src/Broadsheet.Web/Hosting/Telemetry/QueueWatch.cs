using System.Diagnostics.Metrics;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Hosting.Telemetry;

/// <summary>What waits, looked at every quarter of a minute: whoever scrapes more often asks no database for it.</summary>
internal sealed class QueueWatch : IRecurring
{
    public const string Name = "Broadsheet.Queues";

    private readonly IDatabaseEngine _engine;
    private readonly TimeProvider _clock;
    private volatile Waiting _now = new(0, 0, 0, 0, 0);

    public QueueWatch(IMeterFactory meters, IDatabaseEngine engine, TimeProvider clock)
    {
        (_engine, _clock) = (engine, clock);
        var meter = meters.Create(Name);
        meter.CreateObservableGauge("broadsheet.jobs.waiting", () => _now.Jobs, "{job}", "Jobs that are due and not done");
        meter.CreateObservableGauge("broadsheet.jobs.parked", () => _now.Parked, "{job}", "Jobs that failed again and again and wait for a person");
        meter.CreateObservableGauge("broadsheet.jobs.oldest", () => _now.OldestSeconds, "s", "How long the job that is due longest has been so");
        meter.CreateObservableGauge("broadsheet.mails.waiting", () => _now.Mails, "{mail}", "Mails that are due and not sent");
        meter.CreateObservableGauge("broadsheet.comments.held", () => _now.Held, "{comment}", "Comments that wait for a moderator");
    }

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var now = _clock.GetUtcNow();
        await using var db = _engine.Open();
        var due = db.Outbox.Where(o => !o.Parked && o.DueAt <= now);
        var oldest = await due.MinAsync(o => (DateTimeOffset?)o.DueAt, ct);
        _now = new Waiting(
            await due.CountAsync(ct), await db.Outbox.CountAsync(o => o.Parked, ct), oldest is { } at ? (now - at).TotalSeconds : 0,
            await db.Mails.CountAsync(m => m.State == MailState.Waiting && m.DueAt <= now, ct), (await QueueLedger.LengthsAsync(db, ct)).GetValueOrDefault(Queue.Held));
        return false;
    }

    private sealed record Waiting(int Jobs, int Parked, double OldestSeconds, int Mails, int Held);
}
