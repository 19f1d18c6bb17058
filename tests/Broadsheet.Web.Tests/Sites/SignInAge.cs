using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Makes sessions older than they are.</summary>
internal static class SignInAge
{
    public static Task SetAsync(BroadsheetSite site, long person, TimeSpan age) => site.Writes.RunAsync(async (scope, ct) =>
    {
        await scope.Db.Sessions.Where(s => s.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(s => s.BeganAt, scope.Now - age), ct);
        scope.Evict($"{SessionLedger.TagPrefix}{person}");
    }, CancellationToken.None);
}
