using System.Globalization;
using System.Security.Cryptography;
using Broadsheet.Web.Data;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom.Running;

/// <summary>Tries work and mail again, lets go of it, and sends a test mail at once, to see whether any leaves.</summary>
internal sealed class TendRunning(Writes writes, PublicationStore publications, IMailer mailer, ShowRunning page, Notices notices, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/retry/", (HttpContext http, TendRunning action) => action.RetryAsync(http));
        room.MapPost("/drop/", (HttpContext http, TendRunning action) => action.DropAsync(http));
        room.MapPost("/mail/retry/", (HttpContext http, TendRunning action) => action.RetryMailAsync(http));
        room.MapPost("/mail/test/", (HttpContext http, TendRunning action) => action.TestMailAsync(http));
    }

    private async Task<IResult> RetryAsync(HttpContext http)
    {
        var (id, by) = (DiscussionFinder.Id((await http.Request.ReadFormAsync(http.RequestAborted))["id"]), CurrentPerson.Of(http)!.Id);
        var count = await writes.RunAsync(async (scope, ct) =>
        {
            var tried = await OutboxLedger.RetryAsync(scope, id, ct);
            if (tried > 0) AuditLedger.Note(scope, by, "jobs", $"{Number(tried, "job", "jobs")} to be tried again.");
            return tried;
        }, http.RequestAborted);
        return Say(http, count == 0 ? "It is not here any more: it was done, or let go." : $"{Number(count, "job is", "jobs are")} tried again now.");
    }

    private async Task<IResult> DropAsync(HttpContext http)
    {
        var (id, by) = (DiscussionFinder.Id((await http.Request.ReadFormAsync(http.RequestAborted))["id"]) ?? 0, CurrentPerson.Of(http)!.Id);
        var job = await writes.RunAsync(async (scope, ct) =>
        {
            var dropped = await OutboxLedger.DropAsync(scope, id, ct);
            if (dropped is not null) AuditLedger.Note(scope, by, "jobs", $"The job {dropped} ({id}) was let go.");
            return dropped;
        }, http.RequestAborted);
        return Say(http, job is null ? "It is not here any more: it was done, or let go." : $"The job “{job}” is let go: it will not be done.");
    }

    private async Task<IResult> RetryMailAsync(HttpContext http)
    {
        var (since, by) = (clock.GetUtcNow() - ShowRunning.Recent, CurrentPerson.Of(http)!.Id);
        var count = await writes.RunAsync(async (scope, ct) =>
        {
            var tried = await MailLedger.RetryAsync(scope, since, ct);
            if (tried > 0) AuditLedger.Note(scope, by, "mail", $"{Number(tried, "mail", "mails")} to be sent again.");
            return tried;
        }, http.RequestAborted);
        return Say(http, count == 0 ? "No mail waits for another try." : $"{Number(count, "mail is", "mails are")} tried again now.");
    }

    private async Task<IResult> TestMailAsync(HttpContext http)
    {
        var address = (await http.Request.ReadFormAsync(http.RequestAborted))["address"].ToString().Trim();
        if (!FollowLedger.IsAddress(address)) return await page.ShowAsync(http, address, "Give an e-mail address, such as ann@example.org.");
        var (publication, by) = (await publications.GetAsync(http.RequestAborted), CurrentPerson.Of(http)!.Id);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        time.CancelAfter(Patience);
        MailOutcome outcome;
        try
        {
            await using var session = await mailer.OpenAsync(time.Token);
            var body = new LetterBody().Say($"This is a test from the newsroom of {publication.Title}: mail leaves it, and reaches you.").Say("If it lies among the spam, the domain it comes from lacks SPF, DKIM or DMARC, or the mail server has a bad name.");
            var key = $"test-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
            outcome = await session.SendAsync(0, new Letter(address, publication.Title, $"A test from {publication.Title}", body, key, clock.GetUtcNow()) { Language = "en" }, time.Token);
        }
        catch (MailTroubleException trouble)
        {
            return await page.ShowAsync(http, address, trouble.Message);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return await page.ShowAsync(http, address, $"The mail server did not answer within {Patience.TotalSeconds:0} seconds.");
        }
        if (outcome.Fate != MailFate.Sent) return await page.ShowAsync(http, address, $"The mail server did not take it: {outcome.Reason}");
        await writes.RunAsync((scope, _) =>
        {
            AuditLedger.Note(scope, by, "mail", $"A test mail to {address}.");
            return Task.CompletedTask;
        }, http.RequestAborted);
        return Say(http, mailer is FolderMailer ? "A test mail lies in the folder mail of the data folder: no mail server is configured, so nothing leaves this machine." : $"A test mail is on its way to {address}: look there, among the spam too.");
    }

    private Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult Say(HttpContext http, string what)
    {
        notices.Say(http, new DeskShell.Notice(what));
        return TypedResults.Redirect(ShowRunning.Page);
    }

    private static string Number(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? $"One {one}" : $"{count:N0} {many}")}");
}
