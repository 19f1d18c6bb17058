using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Running;

/// <summary>How the program does: work that keeps failing, mail that does not leave, what is set up wrongly around it.</summary>
internal sealed class ShowRunning(IDatabaseEngine engine, PublicationStore publications, DeskPages pages, ServiceAlerts alerts, MailOptions mail, TimeProvider clock)
{
    public const string Page = "/newsroom/running/";
    public static readonly TimeSpan Recent = TimeSpan.FromDays(14);
    private const int Shown = 100;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowRunning action) => action.ShowAsync(http, "", null));

    /// <param name="address">What was typed for a test mail, and stays so.</param>
    /// <param name="problem">What came of it; null for nothing.</param>
    public async Task<IResult> ShowAsync(HttpContext http, string address, string? problem)
    {
        var (ct, now, publication) = (http.RequestAborted, clock.GetUtcNow(), await publications.GetAsync(http.RequestAborted));
        var since = now - Recent;
        await using var db = engine.Open();
        var parked = await db.Outbox.Where(o => o.Parked).OrderByDescending(o => o.Id).Take(Shown).ToListAsync(ct);
        var person = CurrentPerson.Of(http)!;
        return await pages.ShowAsync<RunningPage>(http, new RunningPage.Content
        {
            Alerts = [.. alerts.All.Select(a => new RunningPage.Alert(a.Service, a.Message))],
            Parked = [.. parked.Select(o => new RunningPage.Job(o.Id, o.Job, o.LastError ?? "", o.Attempts))],
            Due = await db.Outbox.CountAsync(o => !o.Parked, ct),
            Failing = await db.Outbox.CountAsync(o => !o.Parked && o.Attempts > 0, ct),
            MailWaits = await db.Mails.CountAsync(m => m.State == MailState.Waiting, ct),
            MailDropped = await db.Mails.CountAsync(m => m.State == MailState.Dropped && m.DoneAt > since, ct),
            MailRefused = await db.Mails.CountAsync(m => m.State == MailState.Refused && m.DoneAt > since, ct),
            MailNote = await db.Mails.Where(m => m.Note != null && (m.State == MailState.Waiting || (m.State == MailState.Dropped && m.DoneAt > since))).OrderByDescending(m => m.Id).Select(m => m.Note).FirstOrDefaultAsync(ct),
            MailWay = mail.Host is { } host ? $"{host}:{mail.Port}" : null,
            Address = address.Length > 0 ? address : await db.Users.Where(p => p.Id == person.Id).Select(p => p.Email).FirstOrDefaultAsync(ct) ?? "",
            Problem = problem,
            Now = DeskTime.Of(publication, now),
            Zone = publication.TimeZone,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
