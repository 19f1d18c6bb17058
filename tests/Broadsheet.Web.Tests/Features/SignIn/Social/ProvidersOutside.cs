using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

/// <summary>Stands for the providers' own machines: answers as their documentation says, with invented people.</summary>
internal sealed class ProvidersOutside
{
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "outside" };
    private readonly Dictionary<string, string> _answers = new(StringComparer.Ordinal);

    /// <summary>What was asked, each as <c>GET https://host/path?query</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The bodies of what was posted.</summary>
    public List<string> Posted { get; } = [];

    /// <summary>An answer in JSON for an address, without its query.</summary>
    public void Answer(string url, string json) => _answers[url] = json;

    /// <summary>An issuer's discovery, keys and token, with the claims that its token has.</summary>
    /// <param name="nonce">Of the request that is answered; empty where none was sent.</param>
    public void Issue(string issuer, string discovery, string audience, string nonce, JsonObject claims)
    {
        var document = new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{issuer.TrimEnd('/')}/authorize",
            ["token_endpoint"] = $"{issuer.TrimEnd('/')}/token",
            ["jwks_uri"] = $"{issuer.TrimEnd('/')}/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["grant_types_supported"] = new JsonArray("authorization_code"),
            ["response_modes_supported"] = new JsonArray("query", "form_post"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post"),
            ["scopes_supported"] = new JsonArray("openid", "email", "profile", "name"),
        };
        Answer(discovery, document.ToJsonString());
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(_key);
        Answer($"{issuer.TrimEnd('/')}/keys", new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = "outside", ["n"] = jwk.N, ["e"] = jwk.E }) }.ToJsonString());
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (claims["iss"], claims["aud"], claims["iat"], claims["exp"]) = (issuer, audience, now, now + 600);
        if (nonce.Length > 0) claims["nonce"] = nonce;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(claims.ToJsonString(), new SigningCredentials(_key, "RS256"));
        Answer($"{issuer.TrimEnd('/')}/token", new JsonObject { ["access_token"] = "access", ["token_type"] = "Bearer", ["expires_in"] = 3599, ["id_token"] = token }.ToJsonString());
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var url = request.RequestUri!;
        Asked.Add($"{request.Method} {url}");
        if (request.Content is not null) Posted.Add(await request.Content.ReadAsStringAsync(ct));
        return _answers.TryGetValue(url.GetLeftPart(UriPartial.Path), out var json)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json"), RequestMessage = request }
            : new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("", Encoding.UTF8, "text/plain"), RequestMessage = request };
    }
}
