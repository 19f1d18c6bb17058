using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Evictions come with the writes that cause them (<see cref="WriteScope.Evict"/>); here they go.</summary>
internal static class EvictionLedger
{
    public static Task ForgetAsync(WriteScope scope, List<long> ids, CancellationToken ct) => scope.Db.Evictions.Where(e => ids.Contains(e.Id)).ExecuteDeleteAsync(ct);
}
