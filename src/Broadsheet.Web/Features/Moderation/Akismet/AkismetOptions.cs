using Broadsheet.Core;

namespace Broadsheet.Web.Features.Moderation.Akismet;

/// <summary>How Akismet, or a server that speaks as it does, is asked (<c>Akismet:Key</c>, <c>Akismet:Endpoint</c>, <c>Akismet:Test</c>).</summary>
/// <param name="Endpoint">Ends with a slash.</param>
/// <param name="IsTest">Nothing is learned there from what is sent.</param>
internal sealed record AkismetOptions(string Key, Uri Endpoint, bool IsTest)
{
    public const string Usual = "https://rest.akismet.com/1.1/";

    /// <returns>Null where there is no key: then nothing is ever sent.</returns>
    public static Outcome<AkismetOptions?> Read(IConfiguration configuration)
    {
        var endpoint = configuration["Akismet:Endpoint"] ?? Usual;
        if (!Uri.TryCreate(endpoint.EndsWith('/') ? endpoint : $"{endpoint}/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return new Problem("Akismet:Endpoint", $"Akismet:Endpoint is “{endpoint}”; it needs a scheme and a host, as in {Usual}.");
        var test = configuration["Akismet:Test"] ?? "false";
        if (!bool.TryParse(test, out var isTest)) return new Problem("Akismet:Test", $"Akismet:Test is “{test}”; it is true or false.");
        return configuration["Akismet:Key"]?.Trim() is { Length: > 0 } key ? new AkismetOptions(key, uri, isTest) : (AkismetOptions?)null;
    }
}
