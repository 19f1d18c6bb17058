using System.Net;
using System.Security.Cryptography;
using Broadsheet.Core;
using Broadsheet.Web.Features.SignIn.Social.Providers;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Reads which providers an operator has configured (<c>SignIn:{Provider}:…</c>). What is half or wrong stops the start with a line that names its key.</summary>
internal static class SignInOptions
{
    private const string Generic = "OpenIdConnect";

    /// <summary>Of another room (<see cref="Reads.SessionLifetimes"/>).</summary>
    private const string Sessions = "Sessions";
    private const int LongestKey = 40;
    private const int LongestName = 60;

    private static readonly string[] Known = ["WordPress", "Google", "X", "Facebook", "GitHub", "Microsoft", "Apple", "Mastodon", Generic];

    /// <returns>In the order in which they are shown.</returns>
    public static Outcome<IReadOnlyList<SignInProvider>> Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("SignIn");
        foreach (var child in section.GetChildren())
            if (!string.Equals(child.Key, Sessions, StringComparison.OrdinalIgnoreCase) && !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) return new Problem(child.Path, $"{child.Path} is no provider that is known here; there are {string.Join(", ", Known)}.");
        var providers = new List<SignInProvider>();
        foreach (var name in Known[..^1])
        {
            if (!section.GetSection(name).Exists()) continue;
            var read = Read(section.GetSection(name), name);
            if (read.Problem is { } problem) return problem;
            providers.Add(read.Value);
        }
        foreach (var child in section.GetSection(Generic).GetChildren())
        {
            var read = ReadGeneric(child);
            if (read.Problem is { } problem) return problem;
            if (providers.Exists(p => p.Key == read.Value.Key)) return new Problem(child.Path, $"{child.Path} is the key of a provider that there is already; give it another.");
            if (providers.Exists(p => p.StoredAs == read.Value.StoredAs)) return new Problem($"{child.Path}:Issuer", $"{child.Path}:Issuer is configured twice; an issuer stands once.");
            providers.Add(read.Value);
        }
        return providers;
    }

    private static Outcome<SignInProvider> Read(IConfigurationSection section, string name)
    {
        // Every server is a provider of its own, which knows us when its first reader comes.
        if (name == "Mastodon") return bool.TryParse(section["Enabled"], out var isOn) && isOn ? new Mastodon() : new Problem($"{section.Path}:Enabled", $"{section.Path}:Enabled is “{section["Enabled"]}”; true offers Mastodon, and without the key it is not offered.");
        if (section["ClientId"] is not { Length: > 0 } id) return Missing(section, "ClientId");
        if (name == "Apple") return ReadApple(section, id);
        if (section["ClientSecret"] is not { Length: > 0 } secret) return Missing(section, "ClientSecret");
        var tenant = section["Tenant"];
        if (tenant is not null && (tenant.Length is 0 or > 200 || !tenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))) return new Problem($"{section.Path}:Tenant", $"{section.Path}:Tenant is “{tenant}”; it is the number or the domain of a tenant, or common, organizations or consumers.");
        return name switch
        {
            "WordPress" => new WordPressCom(id, secret),
            "Google" => new Google(id, secret),
            "X" => new X(id, secret),
            "Facebook" => new Facebook(id, secret),
            "GitHub" => new GitHub(id, secret),
            _ => new MicrosoftAccount(id, secret, tenant),
        };
    }

    private static Outcome<SignInProvider> ReadApple(IConfigurationSection section, string id)
    {
        if (section["TeamId"] is not { Length: > 0 } team) return Missing(section, "TeamId");
        if (section["KeyId"] is not { Length: > 0 } keyId) return Missing(section, "KeyId");
        if (section["KeyFile"] is not { Length: > 0 } file) return Missing(section, "KeyFile");
        try
        {
            var pem = File.ReadAllText(file);
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return new Apple(id, team, keyId, pem);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return new Problem($"{section.Path}:KeyFile", $"{section.Path}:KeyFile is “{file}”, which is not the key that Apple gave: {failure.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static Outcome<SignInProvider> ReadGeneric(IConfigurationSection section)
    {
        var key = section.Key.ToLowerInvariant();
        if (key.Length > LongestKey || !key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) return new Problem(section.Path, $"{section.Path}: a key has letters a to z, digits and hyphens, at most {LongestKey}; it stands in addresses.");
        if (section["Issuer"] is not { Length: > 0 } given) return Missing(section, "Issuer");
        if (!Uri.TryCreate(given, UriKind.Absolute, out var issuer) || issuer.Query.Length > 0 || issuer.Fragment.Length > 0 || issuer.UserInfo.Length > 0 || !IsSafe(issuer))
            return new Problem($"{section.Path}:Issuer", $"{section.Path}:Issuer is “{given}”; it needs https and a host, as in https://id.example.org (http only for a machine of the own network).");
        if (issuer.AbsoluteUri.Length > Data.LoginLedger.MaxProvider) return new Problem($"{section.Path}:Issuer", $"{section.Path}:Issuer is longer than {Data.LoginLedger.MaxProvider} characters.");
        if (section["ClientId"] is not { Length: > 0 } id) return Missing(section, "ClientId");
        if (section["ClientSecret"] is not { Length: > 0 } secret) return Missing(section, "ClientSecret");
        var name = section["Name"]?.Trim() is { Length: > 0 } said ? said : issuer.Host;
        if (name.Length > LongestName || name.Any(char.IsControl)) return new Problem($"{section.Path}:Name", $"{section.Path}:Name has one line of at most {LongestName} characters.");
        string[] scopes = [.. (section["Scopes"] ?? "openid profile email").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Append("openid").Distinct(StringComparer.Ordinal)];
        return new OpenIdConnect(key, name, issuer, id, secret, scopes);
    }

    private static bool IsSafe(Uri issuer) => issuer.Scheme == "https" || (issuer.Scheme == "http" && (issuer.IsLoopback || (IPAddress.TryParse(issuer.Host.Trim('[', ']'), out var address) && PrivateAddresses.Contains(address))));

    private static Problem Missing(IConfigurationSection section, string key) => new($"{section.Path}:{key}", $"{section.Path}:{key} is missing.");
}
