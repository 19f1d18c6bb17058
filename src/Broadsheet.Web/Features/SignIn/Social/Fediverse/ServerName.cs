using System.Globalization;

namespace Broadsheet.Web.Features.SignIn.Social.Fediverse;

/// <summary>Reads which server somebody means: <c>social.example</c>, its address, or their own (<c>@ann@social.example</c>).</summary>
internal static class ServerName
{
    private const int MaxLength = 253;

    /// <returns>In small ASCII letters, with a port where one was given; null where it is none.</returns>
    public static string? Read(string typed)
    {
        var text = typed.Trim();
        foreach (var scheme in (string[])["https://", "http://"])
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) text = text[scheme.Length..];
        if (text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash) text = text[..slash];
        text = text[(text.LastIndexOf('@') + 1)..].TrimEnd('.');
        if (text.Length is 0 or > MaxLength || !Uri.TryCreate($"https://{text}/", UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.PathAndQuery != "/") return null;
        // A name with a dot, or an address: a machine of the own network is refused later, unless the operator allowed it.
        if (!uri.IdnHost.Contains('.', StringComparison.Ordinal) || uri.HostNameType is UriHostNameType.IPv6) return null;
        return uri.IsDefaultPort ? uri.IdnHost.ToLowerInvariant() : string.Create(CultureInfo.InvariantCulture, $"{uri.IdnHost.ToLowerInvariant()}:{uri.Port}");
    }
}
