using System.Globalization;
using System.Text.Json;
using Broadsheet.Web.Reads;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>What came of a way to a provider and back.</summary>
/// <param name="Login">Null where there was trouble.</param>
internal sealed record Arrival(ArrivedLogin? Login, ProviderTrouble Trouble);

/// <summary>
/// The one place that speaks with OpenIddict: sends readers to a provider and takes them back. OpenIddict is asked here alone, not before
/// every request, and never for longer than somebody waits for a page.
/// </summary>
internal sealed partial class ProviderDoor(IAuthenticationHandlerProvider handlers, SignInHttp http, PublicAddress address, ILogger<ProviderDoor> log)
{
    private const string Scheme = OpenIddictClientAspNetCoreDefaults.AuthenticationScheme;
    private const string LinkItem = "link";

    /// <returns>Where the reader's browser is to go; null where the provider cannot be asked now.</returns>
    public async Task<string?> LeaveAsync(HttpContext context, SignInProvider provider, SetOut from)
    {
        var properties = new AuthenticationProperties { RedirectUri = from.ReturnUrl.Length > 0 ? from.ReturnUrl : "/" };
        properties.Items[OpenIddictClientAspNetCoreConstants.Properties.RegistrationId] = provider.Key;
        if (from.LinkTo is { } person) properties.Items[LinkItem] = person.ToString(CultureInfo.InvariantCulture);
        var response = context.Response;
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        // A refusal is written as bare text; ours is a page.
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        var asked = await AskAsync(context, provider, async () =>
        {
            await BeginAsync(context);
            await context.ChallengeAsync(Scheme, properties);
        });
        context.Features.Set(body);
        var target = response.Headers.Location.ToString();
        response.Headers.Remove("Location");
        (response.StatusCode, response.ContentLength, response.ContentType) = (StatusCodes.Status200OK, null, null);
        if (asked && target.Length > 0) return target;
        if (asked) Refused(provider, context.GetOpenIddictClientResponse());
        response.Headers.Remove("Set-Cookie");
        return null;
    }

    /// <summary>The provider has sent a reader back, with whatever is in the request.</summary>
    public async Task<Arrival> ReturnAsync(HttpContext context, SignInProvider provider)
    {
        Arrival? arrival = null;
        var asked = await AskAsync(context, provider, async () =>
        {
            await BeginAsync(context);
            arrival = await ReadAsync(context, provider);
        });
        return asked && arrival is not null ? arrival : new Arrival(null, ProviderTrouble.Down);
    }

    private async Task<Arrival> ReadAsync(HttpContext context, SignInProvider provider)
    {
        var request = context.GetOpenIddictClientRequest();
        var result = await context.AuthenticateAsync(Scheme);
        if (!result.Succeeded) return new Arrival(null, TroubleOf(context, provider, request, context.GetOpenIddictClientResponse()));
        var items = result.Properties!.Items;
        // A state of ours, but made for another provider.
        if (items[OpenIddictClientAspNetCoreConstants.Properties.RegistrationId] != provider.Key) return new Arrival(null, ProviderTrouble.Expired);
        var also = await AlsoAsync(provider, result.Properties.GetTokenValue(OpenIddictClientAspNetCoreConstants.Tokens.BackchannelAccessToken), context.RequestAborted);
        if (provider.Read(new ProviderClaims(result.Principal!, also, (string?)request?["user"])) is not { Subject.Length: > 0 } identity) return new Arrival(null, ProviderTrouble.Nonsense);
        long? link = items.TryGetValue(LinkItem, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : null;
        return new Arrival(new ArrivedLogin(provider.Key, identity, link, LocalAddress.Of(result.Properties.RedirectUri, "")), default);
    }

    private async Task<JsonElement?> AlsoAsync(SignInProvider provider, string? token, CancellationToken ct)
    {
        if (provider.AlsoAsk is not { } url || token is null) return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new("Broadsheet", null));
        using var response = await http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode) return null;
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(ct));
        return document.RootElement.Clone();
    }

    private ProviderTrouble TroubleOf(HttpContext context, SignInProvider provider, OpenIddictRequest? request, OpenIddictResponse? response)
    {
        var said = (string?)request?[OpenIddictConstants.Parameters.Error];
        if (said is OpenIddictConstants.Errors.AccessDenied or "user_cancelled_authorize" or "user_cancelled_login" or "user_denied") return ProviderTrouble.Denied;
        Refused(provider, response);
        // Neither a state of ours nor the cookie that goes with it.
        var way = context.Features.Get<OpenIddictClientAspNetCoreFeature>()?.Transaction?.GetProperty<OpenIddictClientEvents.ProcessAuthenticationContext>(typeof(OpenIddictClientEvents.ProcessAuthenticationContext).FullName!);
        if (way?.StateTokenPrincipal is null || way.RequestForgeryProtection is null || way.RegistrationId != provider.Key) return ProviderTrouble.Expired;
        return IsDown(said) || IsDown(response?.Error) ? ProviderTrouble.Down : ProviderTrouble.Nonsense;
    }

    private static bool IsDown(string? error) => error is OpenIddictConstants.Errors.TemporarilyUnavailable or OpenIddictConstants.Errors.ServerError;

    private void Refused(SignInProvider provider, OpenIddictResponse? response) => Log.Refused(log, provider.Key, response?.Error ?? "", response?.ErrorDescription ?? "");

    /// <summary>The publication's address, where it is configured, is what the provider knows: behind a proxy the request may come by another.</summary>
    private async Task BeginAsync(HttpContext context)
    {
        if (address.IsConfigured && Uri.TryCreate(address.Of(context.Request), UriKind.Absolute, out var known)) (context.Request.Scheme, context.Request.Host) = (known.Scheme, HostString.FromUriComponent(known));
        if (await handlers.GetHandlerAsync(context, Scheme) is IAuthenticationRequestHandler handler) await handler.HandleRequestAsync();
    }

    /// <returns>False where it failed or took too long.</returns>
    private async Task<bool> AskAsync(HttpContext context, SignInProvider provider, Func<Task> ask)
    {
        var reader = context.RequestAborted;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(reader);
        time.CancelAfter(http.Patience);
        context.RequestAborted = time.Token;
        try
        {
            await ask();
            return true;
        }
        catch (Exception failure) when (!reader.IsCancellationRequested && failure is OperationCanceledException or HttpRequestException or IOException or InvalidOperationException or JsonException or TimeoutException or OpenIddictExceptions.ProtocolException)
        {
            Log.Failed(log, provider.Key, failure.GetType().Name + ": " + failure.Message.ReplaceLineEndings(" "));
            return false;
        }
        finally
        {
            context.RequestAborted = reader;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 8001, Level = LogLevel.Warning, Message = "Signing in with {Provider} was refused: {Error} {Description}")]
        public static partial void Refused(ILogger log, string provider, string error, string description);

        [LoggerMessage(EventId = 8002, Level = LogLevel.Warning, Message = "{Provider} could not be asked: {Reason}")]
        public static partial void Failed(ILogger log, string provider, string reason);
    }
}
