using System.Text.Json;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>https://docs.github.com/en/rest/users; which address is theirs is said in a list of its own.</summary>
internal sealed class GitHub(string clientId, string clientSecret) : SignInProvider("github", "GitHub", clientId, clientSecret)
{
    public override string AlsoAsk => "https://api.github.com/user/emails";

    public override void Register(OpenIddictClientBuilder client) => Web(client).AddGitHub(github => github.SetRegistrationId(Key).SetClientId(ClientId).SetClientSecret(ClientSecret).SetRedirectUri(Back).AddScopes("read:user", "user:email"));

    public override ProviderIdentity? Read(ProviderClaims claims)
    {
        if (claims["id"] is not { } subject) return null;
        var (email, isVerified) = Primary(claims.Also);
        return new ProviderIdentity(subject, claims.Name("name", "login"), email, isVerified, claims.Url("avatar_url"), claims.Url("html_url"));
    }

    private static (string? Email, bool IsVerified) Primary(JsonElement? list)
    {
        if (list is not { ValueKind: JsonValueKind.Array } emails) return (null, false);
        foreach (var entry in emails.EnumerateArray())
            if (entry.ValueKind == JsonValueKind.Object && Is(entry, "primary") && entry.TryGetProperty("email", out var text) && text.ValueKind == JsonValueKind.String && PeopleLedger.IsAddress(text.GetString()!)) return (text.GetString(), Is(entry, "verified"));
        return (null, false);
    }

    private static bool Is(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
