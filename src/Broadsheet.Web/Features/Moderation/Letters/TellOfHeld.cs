using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>Looks each minute whether a moderator is to be told that comments wait.</summary>
internal sealed class TellOfHeld(IDatabaseEngine engine, Writes writes) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using (var db = engine.Open())
            if (!await db.Users.AnyAsync(p => p.HeldMail != HeldMail.Never, ct) || !await db.Comments.AnyAsync(c => c.Standing == Standing.Held, ct)) return false;
        await writes.RunAsync(HeldMailLedger.TellAsync, ct);
        return false;
    }
}
