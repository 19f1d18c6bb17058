using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Setup;

/// <summary>The one-time link that makes an empty publication someone's own.</summary>
internal static class SetupLink
{
    /// <summary>Long enough for a machine that is prepared on one day and set up on another; the next start makes a new one.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <returns>The link's path with a new secret; null where the publication is set up or has an administrator.</returns>
    public static async Task<string?> OfferAsync(IDatabaseEngine engine, PublicationStore publications, Writes writes, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (!await IsOpenAsync(db, await publications.GetAsync(ct), ct)) return null;
        var secret = await writes.RunAsync((scope, token) => PeopleLedger.NewLinkAsync(scope, null, Lifetime, token), ct);
        return $"/setup/{secret}/";
    }

    public static async Task<bool> IsOpenAsync(BroadsheetDb db, Publication publication, CancellationToken ct) =>
        !publication.IsSetUp && !await db.Users.AnyAsync(p => p.Role == Role.Administrator, ct);
}
