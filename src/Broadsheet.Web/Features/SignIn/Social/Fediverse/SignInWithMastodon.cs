using System.Text.Json;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.SignIn.FromArticle;
using Broadsheet.Web.Features.SignIn.Social.Providers;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.Social.Fediverse;

/// <summary>
/// The way to the Mastodon server that a reader names, and back. Routes of its own before those of <see cref="StartWithProvider"/> and <see cref="ComeBack"/>; what follows the way back is
/// the same (<see cref="Arrive"/>).
/// </summary>
internal sealed partial class SignInWithMastodon(
    MastodonClient client, MastodonWay way, SealedLogins logins, IDatabaseEngine engine, Writes writes, KeptReplies kept, PublicationStore publications, PublicAddress address, CountedNetworks networks, DeskPages pages, ISharedCounts counts, TimeProvider clock, ILogger<SignInWithMastodon> log)
{
    private const string Path = $"{SocialRoom.With}/{Mastodon.TheKey}/";
    private const string BackPath = $"{SocialRoom.Back}/{Mastodon.TheKey}/";

    /// <summary>New servers that one network may have us speak to in an hour.</summary>
    private const int MostNewServersAnHour = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly NetworkPace _pace = new("new servers", MostNewServersAnHour, TimeSpan.FromHours(1), counts);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http, SignInWithMastodon action) => action.ShowAsync(http));
        // From public pages too, which carry no token; other sites' forms are refused before.
        routes.MapPost(Path, (HttpContext http, SignInWithMastodon action) => action.LeaveAsync(http)).DisableAntiforgery();
        routes.MapGet(BackPath, (HttpContext http, SignInWithMastodon action) => action.ReturnAsync(http));
    }

    private Task<IResult> ShowAsync(HttpContext http)
    {
        var trouble = ProviderTroubles.Parse(http.Request.Query["trouble"]);
        var from = trouble is null ? new SetOut(LocalAddress.Of(http.Request.Query["returnUrl"], ""), null) : logins.ReadSetOut(http) ?? new SetOut("", null);
        return PageAsync(http, from, "", trouble, null, StatusCodes.Status200OK);
    }

    private async Task<IResult> LeaveAsync(HttpContext http)
    {
        var form = await PostedForm.ReadAsync(http);
        var adds = form?["link"].ToString() == "1" ? CurrentPerson.Of(http) : null;
        if (adds is not null && !adds.IsFresh(clock.GetUtcNow())) return TypedResults.Redirect(FreshSignIn.Address("/account/"));
        var words = form is null ? null : await kept.KeepAsync(http, form);
        if (words is { AreKept: false }) return await LeaveForm.StayAsync(http, pages, form!, words.Url);
        var from = new SetOut(words?.Url ?? LocalAddress.Of(form?["returnUrl"], ""), adds?.Id);
        var typed = form?["server"].ToString() ?? "";
        // From a form that only chose Mastodon: now which server.
        if (form?.ContainsKey("server") != true) return await PageAsync(http, from, "", null, null, StatusCodes.Status200OK);
        if (ServerName.Read(typed) is not { } host) return await PageAsync(http, from, typed, null, "Give a server's name, such as social.example.", StatusCodes.Status422UnprocessableEntity);
        return await TryAsync(host, null, ct => KnownAsync(http, host, ct), http.RequestAborted) is not { } server
            ? await PageAsync(http, from, typed, null, $"{host} does not answer as a Mastodon server does, or not right now. Is the name right?", StatusCodes.Status502BadGateway)
            : await GoAsync(http, host, server.ClientId, from);
    }

    private async Task<IResult> GoAsync(HttpContext http, string host, string clientId, SetOut from)
    {
        var trip = way.Begin(http, host, clientId, from);
        logins.KeepSetOut(http, from);
        var target = client.AddressOf(host, "/oauth/authorize") + QueryString.Create((KeyValuePair<string, string?>[])[
            new("response_type", "code"), new("client_id", clientId), new("redirect_uri", BackOf(http)), new("scope", MastodonClient.Scope), new("state", trip.State), new("code_challenge", MastodonWay.Challenge(trip.Verifier)), new("code_challenge_method", "S256")]);
        http.Response.Headers["Refresh"] = $"0;url={target}";
        return await pages.ShowAsync<ConnectingPage>(http, new ConnectingPage.Content(host, target, Elsewhere(from), Back(from)));
    }

    private async Task<IResult> ReturnAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (way.End(http, query["state"]) is not { } trip) return Trouble(ProviderTrouble.Expired);
        if (query["error"].ToString() is { Length: > 0 } error) return Trouble(error == "access_denied" ? ProviderTrouble.Denied : ProviderTrouble.Nonsense);
        if (query["code"].ToString() is not { Length: > 0 and < 2_000 } code) return Trouble(ProviderTrouble.Nonsense);
        await using var db = engine.Open();
        if (await MastodonLedger.FindAsync(db, trip.Host, http.RequestAborted) is not { } server || server.ClientId != trip.ClientId || way.Open(server.ClientSecret) is not { } secret) return Trouble(ProviderTrouble.Expired);
        var identity = await TryAsync<ProviderIdentity>(trip.Host, server.ClientId, async ct => await client.FinishAsync(trip.Host, server.ClientId, secret, BackOf(http), code, trip.Verifier, ct), http.RequestAborted);
        if (identity is null) return Trouble(ProviderTrouble.Down);
        logins.Keep(http, new ArrivedLogin(Mastodon.TheKey, identity, trip.From.LinkTo, trip.From.ReturnUrl));
        return TypedResults.Redirect(SocialRoom.Arrived);
    }

    /// <returns>How we are known there; null where too many new servers were named.</returns>
    private async Task<MastodonServer?> KnownAsync(HttpContext http, string host, CancellationToken ct)
    {
        var back = BackOf(http);
        await using (var db = engine.Open())
            if (await MastodonLedger.FindAsync(db, host, ct) is { } known && known.RedirectUri == back && way.Open(known.ClientSecret) is not null) return known;
        if (networks.Of(http.Connection.RemoteIpAddress) is { } network && await _pace.TakeAsync(network) is not null) return null;
        var (id, secret) = await client.RegisterAsync(host, (await publications.GetAsync(ct)).Title, address.Of(http.Request), back, ct);
        var server = new MastodonServer { Host = host, RedirectUri = back, ClientId = id, ClientSecret = way.Seal(secret) };
        await writes.RunAsync((scope, token) => MastodonLedger.KeepAsync(scope, server, token), ct);
        return server;
    }

    /// <param name="clientId">As whom we ask; null where we are not known yet.</param>
    /// <returns>Null where the server did not do its part in time.</returns>
    private async Task<T?> TryAsync<T>(string host, string? clientId, Func<CancellationToken, Task<T?>> ask, CancellationToken reader) where T : class
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(reader);
        time.CancelAfter(Patience);
        try
        {
            return await ask(time.Token);
        }
        catch (Exception failure) when (!reader.IsCancellationRequested && (failure is MastodonException or HttpRequestException or JsonException or IOException or OperationCanceledException || engine.IsUniqueViolation(failure)))
        {
            Log.Failed(log, host, failure.Message.ReplaceLineEndings(" "));
            if (clientId is not null && failure is MastodonException { ForgotUs: true }) await writes.RunAsync((scope, ct) => MastodonLedger.ForgetAsync(scope, host, clientId, ct), reader);
            return null;
        }
    }

    private string BackOf(HttpContext http) => $"{address.Of(http.Request)}{BackPath}";

    private Task<IResult> PageAsync(HttpContext http, SetOut from, string typed, ProviderTrouble? trouble, string? problem, int status) => pages.ShowAsync<MastodonPage>(http, new MastodonPage.Content(
        typed.Length > 300 ? "" : typed, from.ReturnUrl, from.LinkTo is not null, trouble?.Say("The server"), problem, Elsewhere(from), Back(from)), status);

    private static IResult Trouble(ProviderTrouble trouble) => TypedResults.Redirect($"{Path}?trouble={trouble.Word()}");

    private static string Elsewhere(SetOut from) => from.ReturnUrl.Length > 0 ? $"/account/sign-in/?returnUrl={Uri.EscapeDataString(from.ReturnUrl)}" : "/account/sign-in/";

    private static string Back(SetOut from) => from.LinkTo is not null ? "/account/" : from.ReturnUrl.Length > 0 ? from.ReturnUrl : "/";

    private static partial class Log
    {
        [LoggerMessage(EventId = 8010, Level = LogLevel.Warning, Message = "The Mastodon server {Host} could not be asked: {Reason}")]
        public static partial void Failed(ILogger log, string host, string reason);
    }
}
