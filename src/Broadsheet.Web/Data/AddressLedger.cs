using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Network addresses and user agents are kept as long as the publication says, then erased.</summary>
internal static class AddressLedger
{
    /// <summary>Some of what is older than <paramref name="before"/>.</summary>
    /// <returns>How many rows; fewer than <paramref name="most"/>: these were the last.</returns>
    [SuppressMessage("Globalization", "CA1309:Use ordinal string comparison", Justification = "Becomes SQL, where > finds its place in the index.")]
    public static async Task<int> EraseAsync(WriteScope scope, DateTimeOffset before, int most, CancellationToken ct)
    {
        var db = scope.Db;
        // By the index over addresses: what has none is not looked at.
        var comments = await db.Comments.Where(c => string.Compare(c.AuthorIp, "") > 0 && c.At < before).OrderBy(c => c.AuthorIp).Take(most).Select(c => c.Id).ToListAsync(ct);
        if (comments.Count > 0) await db.Comments.Where(c => comments.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.AuthorIp, "").SetProperty(c => c.UserAgent, ""), ct);
        var sessions = await db.Sessions.Where(s => s.SeenAt < before && (s.Address != null || s.UserAgent != null)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Address, (string?)null).SetProperty(s => s.UserAgent, (string?)null), ct);
        await db.ApplicationPasswords.Where(a => a.UsedAt < before && a.Address != null).ExecuteUpdateAsync(set => set.SetProperty(a => a.Address, (string?)null), ct);
        return comments.Count + sessions;
    }
}
