using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Mail that does not go out, for whoever can do something about it.</summary>
internal static class MailTrouble
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Recent = TimeSpan.FromDays(14);

    /// <returns>A line each for what waits too long and what was given up; empty where all is well.</returns>
    public static async Task<List<FrontDeskPage.Parked>> FindAsync(BroadsheetDb db, DateTimeOffset now, CancellationToken ct)
    {
        var (late, recent) = (now - Late, now - Recent);
        // What was postponed is due later, but it has waited since it was written.
        var waiting = db.Mails.Where(m => m.State == MailState.Waiting && m.CreatedAt < late);
        var dropped = db.Mails.Where(m => m.State == MailState.Dropped && m.DoneAt > recent);
        var lines = new List<FrontDeskPage.Parked>();
        if (await waiting.CountAsync(ct) is > 0 and var waits) lines.Add(new(Number(waits, "waits", "wait"), await waiting.Where(m => m.Note != null).OrderByDescending(m => m.Id).Select(m => m.Note).FirstOrDefaultAsync(ct) ?? "No mail server takes it; it will be tried again."));
        if (await dropped.CountAsync(ct) is > 0 and var gone) lines.Add(new($"{Number(gone, "was", "were")} given up in the last two weeks", await dropped.OrderByDescending(m => m.Id).Select(m => m.Note).FirstOrDefaultAsync(ct) ?? ""));
        return lines;
    }

    private static string Number(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? $"mail {one}" : $"mails {many}")}");
}
