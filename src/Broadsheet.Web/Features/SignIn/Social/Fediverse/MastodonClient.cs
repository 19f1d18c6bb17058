using System.Net;
using System.Text.Json;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.SignIn.Social.Fediverse;

/// <summary>A server did not do its part.</summary>
/// <param name="ForgotUs">It does not know our client any more.</param>
internal sealed class MastodonException(string message, bool ForgotUs = false) : Exception(message)
{
    public bool ForgotUs { get; } = ForgotUs;
}

/// <summary>
/// The few requests of Mastodon's API that a sign-in takes (https://docs.joinmastodon.org/client/authorized/), each through the guarded client: whoever types a server's name
/// decides where they go.
/// </summary>
/// <param name="send">Through the guarded client, with limits.</param>
/// <param name="allowHosts">Hosts of private networks that the operator allows: these are asked without TLS.</param>
internal sealed class MastodonClient(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, IReadOnlyList<string> allowHosts)
{
    public const string Scope = "read:accounts";

    public static readonly OutboundLimits Limits = new(256 << 10, TimeSpan.FromSeconds(5), MaxRedirects: 0);

    public string AddressOf(string host, string path) => $"{(allowHosts.Contains(host, StringComparer.OrdinalIgnoreCase) ? "http" : "https")}://{host}{path}";

    /// <returns>Our name and secret there.</returns>
    /// <exception cref="MastodonException">It refused, or is no Mastodon server.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached, or must not be.</exception>
    public async Task<(string ClientId, string ClientSecret)> RegisterAsync(string host, string title, string website, string back, CancellationToken ct)
    {
        var said = await AskAsync(host, "/api/v1/apps", [new("client_name", title), new("redirect_uris", back), new("scopes", Scope), new("website", website)], null, ct);
        return Text(said, "client_id") is { Length: > 0 } id && Text(said, "client_secret") is { Length: > 0 } secret ? (id, secret) : throw new MastodonException("gave no client");
    }

    /// <returns>The reader's account there. What we were allowed is given back at once: nothing is kept.</returns>
    public async Task<ProviderIdentity> FinishAsync(string host, string clientId, string clientSecret, string back, string code, string verifier, CancellationToken ct)
    {
        KeyValuePair<string, string>[] us = [new("client_id", clientId), new("client_secret", clientSecret)];
        var token = Text(await AskAsync(host, "/oauth/token", [.. us, new("grant_type", "authorization_code"), new("redirect_uri", back), new("code", code), new("code_verifier", verifier), new("scope", Scope)], null, ct), "access_token");
        if (token is not { Length: > 0 }) throw new MastodonException("gave no token");
        var account = await AskAsync(host, "/api/v1/accounts/verify_credentials", null, token, ct);
        try
        {
            await AskAsync(host, "/oauth/revoke", [.. us, new("token", token)], null, ct);
        }
        catch (Exception failure) when (failure is MastodonException or HttpRequestException or JsonException)
        {
            // It runs out by itself where the server says so; we have forgotten it.
        }
        return Read(host, account) ?? throw new MastodonException("did not say who they are");
    }

    /// <summary>By the server's host and its own number: a server speaks for nobody of another.</summary>
    internal static ProviderIdentity? Read(string host, JsonElement account)
    {
        if (Text(account, "id") is not { Length: > 0 } id) return null;
        var (name, user) = (Text(account, "display_name") ?? "", Text(account, "username") ?? "");
        return new ProviderIdentity($"{host}:{id}", name.Length > 0 ? name : user, null, false, Web(Text(account, "avatar_static") ?? Text(account, "avatar")), Web(Text(account, "url")));
    }

    private async Task<JsonElement> AskAsync(string host, string path, IEnumerable<KeyValuePair<string, string>>? form, string? token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, AddressOf(host, path));
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new("Broadsheet", null));
        using var response = await send(request, ct);
        var body = await response.Content.ReadAsStringAsync(ct);
        if (response.IsSuccessStatusCode) return body.Length == 0 ? default : Parse(body);
        throw new MastodonException($"answered {(int)response.StatusCode}", response.StatusCode == HttpStatusCode.Unauthorized && body.Contains("invalid_client", StringComparison.Ordinal));
    }

    private static JsonElement Parse(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;

    private static string? Web(string? address) => address is not null ? ProviderClaims.Web(address) : null;
}
