using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>At seven in the morning, by the publication's clock: one mail for each address that something came for since the day before. A morning on which the program stood still is made up for later that day.</summary>
internal sealed class GatherDigests(IDatabaseEngine engine, Writes writes, PublicationStore publications, TimeProvider clock) : IRecurring
{
    public const int Hour = 7;
    private const int Batch = 100;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var until = LastMorning(clock.GetUtcNow(), (await publications.GetAsync(ct)).Zone);
        await using (var db = engine.Open())
            if (!await db.Mails.AnyAsync(m => m.State == MailState.Gathered && m.DueAt <= until, ct)) return false;
        return await writes.RunAsync((scope, token) => MailLedger.GatherAsync(scope, until, Batch, token), ct) == Batch;
    }

    /// <summary>The last time that clocks in the zone showed seven. Where they are put forward over it, an hour later.</summary>
    public static DateTimeOffset LastMorning(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        for (var day = local.Date; ; day = day.AddDays(-1))
        {
            var seven = DateTime.SpecifyKind(day.AddHours(Hour), DateTimeKind.Unspecified);
            if (zone.IsInvalidTime(seven)) seven = seven.AddHours(1);
            var morning = new DateTimeOffset(seven, zone.GetUtcOffset(seven));
            if (morning <= now) return morning;
        }
    }
}
