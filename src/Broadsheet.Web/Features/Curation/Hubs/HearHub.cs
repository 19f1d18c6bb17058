using System.Globalization;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Curation.Hubs;

/// <summary>
/// What hubs call: they make sure that a subscription was meant (WebSub, section 5.3), and bring what is new (section 7). Signed contents are stored;
/// contents without a signature only make the outlet itself be asked; contents with a wrong one are thrown away, and the hub is not told (section 8).
/// </summary>
internal sealed class HearHub(IDatabaseEngine engine, Writes writes, PollOutlet poll, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public static string PathOf(string key) => $"/websub/{key}/";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/websub/{key}/", (HttpContext http, string key, HearHub action) => action.VerifyAsync(http, key));
        routes.MapPost("/websub/{key}/", (HttpContext http, string key, HearHub action) => action.TakeAsync(http, key)).WithMetadata(new DeskRoutes.SizeLimit(FeedReader.MaxBytes));
    }

    private async Task<IResult> VerifyAsync(HttpContext http, string key)
    {
        var (ct, query) = (http.RequestAborted, http.Request.Query);
        await using var db = engine.Open();
        if (await HubLedger.FindAsync(db, key, ct) is not { } outlet || query["hub.topic"] != outlet.TopicUrl) return TypedResults.NotFound();
        if (query["hub.mode"] == "denied")
        {
            await writes.RunAsync((scope, token) => HubLedger.EndAsync(scope, outlet.Id, token), ct);
            return TypedResults.Ok();
        }
        if (query["hub.mode"] != "subscribe" || outlet.HubAskedAt is null || query["hub.challenge"].ToString() is not { Length: > 0 and <= 2_000 } challenge) return TypedResults.NotFound();
        var seconds = int.TryParse(query["hub.lease_seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var lease) ? lease : 0;
        await writes.RunAsync((scope, token) => HubLedger.ConfirmAsync(scope, outlet.Id, TimeSpan.FromSeconds(seconds), token), ct);
        return TypedResults.Text(challenge, "text/plain");
    }

    private async Task<IResult> TakeAsync(HttpContext http, string key)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        // 410: the hub need not call again.
        if (await HubLedger.FindAsync(db, key, ct) is not { } outlet) return TypedResults.StatusCode(StatusCodes.Status410Gone);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, ct);
        if (outlet.HubSecret is not { } secret) await AskItselfAsync(outlet, ct);
        else if (HubSignature.Holds(http.Request.Headers["X-Hub-Signature"], secret, body.GetBuffer().AsSpan(0, (int)body.Length))) await StoreAsync(http, outlet, body, ct);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>Whoever guesses the address can make an outlet be asked once a minute, and no more.</summary>
    private async Task AskItselfAsync(Outlet outlet, CancellationToken ct)
    {
        if (outlet.PolledAt is { } at && clock.GetUtcNow() - at < Pause) return;
        await poll.RunAsync(outlet.Id, evenEarly: true, ct);
    }

    private async Task StoreAsync(HttpContext http, Outlet outlet, MemoryStream body, CancellationToken ct)
    {
        var read = FeedReader.Read(body.GetBuffer().AsSpan(0, (int)body.Length), http.Request.ContentType, Uri.TryCreate(outlet.FeedUrl, UriKind.Absolute, out var at) ? at : null);
        if (read.Problem is null) await poll.TakeAsync(outlet, read.Value, ct);
    }
}
