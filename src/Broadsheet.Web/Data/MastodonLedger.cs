using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>The Mastodon servers to which this publication is known.</summary>
internal static class MastodonLedger
{
    public static Task<MastodonServer?> FindAsync(BroadsheetDb db, string host, CancellationToken ct) => db.MastodonServers.FirstOrDefaultAsync(s => s.Host == host, ct);

    /// <summary>Two who come from one server at the same moment make it known twice: the later stays.</summary>
    public static async Task KeepAsync(WriteScope scope, MastodonServer server, CancellationToken ct)
    {
        var (id, secret, back, now) = (server.ClientId, server.ClientSecret, server.RedirectUri, scope.Now);
        var known = await scope.Db.MastodonServers.Where(s => s.Host == server.Host).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClientId, id).SetProperty(s => s.ClientSecret, secret).SetProperty(s => s.RedirectUri, back).SetProperty(s => s.At, now), ct);
        server.At = now;
        if (known == 0) scope.Db.MastodonServers.Add(server);
    }

    /// <summary>It does not know us any more.</summary>
    public static Task ForgetAsync(WriteScope scope, string host, string clientId, CancellationToken ct) => scope.Db.MastodonServers.Where(s => s.Host == host && s.ClientId == clientId).ExecuteDeleteAsync(ct);
}
