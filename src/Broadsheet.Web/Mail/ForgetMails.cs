using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Mail;

/// <summary>Addresses are not kept longer than they are needed.</summary>
internal sealed class ForgetMails(Writes writes) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task<bool> RunAsync(CancellationToken ct) => writes.RunAsync((scope, token) => MailLedger.ForgetAsync(scope, token), ct);
}
