using System.Security.Cryptography;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Hubs;

/// <summary>
/// Asks hubs to tell of new stories (WebSub, W3C Recommendation 2018, section 5), and again before they stop. Only where the publication knows
/// its own address, since the hub calls back. An outlet whose hub does not answer is asked itself, as ever.
/// </summary>
internal sealed class AskHub(IDatabaseEngine engine, Writes writes, GuardedHttp http, PublicAddress address, TimeProvider clock)
{
    private const int Batch = 10;
    private const int LeaseSeconds = 10 * 24 * 60 * 60;
    private static readonly OutboundLimits Limits = new(1 << 20, TimeSpan.FromSeconds(10));

    public async Task RunAsync(CancellationToken ct)
    {
        if (!address.IsConfigured) return;
        await using var db = engine.Open();
        foreach (var outlet in await HubLedger.Due(db, clock.GetUtcNow()).OrderBy(o => o.Id).Take(Batch).ToListAsync(ct)) await AskAsync(outlet, ct);
    }

    private async Task AskAsync(Outlet outlet, CancellationToken ct)
    {
        if (!Uri.TryCreate(outlet.HubUrl, UriKind.Absolute, out var hub)) return;
        var key = outlet.HubKey ?? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(24));
        // A secret goes over HTTPS only (section 5.1).
        var secret = hub.Scheme == "https" ? outlet.HubSecret ?? WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)) : null;
        if (!await writes.RunAsync((scope, token) => HubLedger.AskAsync(scope, outlet.Id, key, secret, token), ct)) return;
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hub.callback"] = $"{address.Or("")}{HearHub.PathOf(key)}",
            ["hub.mode"] = "subscribe",
            ["hub.topic"] = outlet.TopicUrl!,
            ["hub.lease_seconds"] = LeaseSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        if (secret is not null) form["hub.secret"] = secret;
        using var request = new HttpRequestMessage(HttpMethod.Post, hub) { Content = new FormUrlEncodedContent(form) };
        try
        {
            using var answer = await http.SendAsync(request, Limits, ct);
        }
        catch (HttpRequestException)
        {
            // It is asked again in an hour; meanwhile the outlet itself is.
        }
    }
}
