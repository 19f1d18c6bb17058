using System.Globalization;
using Broadsheet.Core;

namespace Broadsheet.Web.Features.Moderation.Webhook;

/// <summary>A server of the operator's own that is asked about comments (<c>Screening:Webhook:Url Secret OldSecrets TimeoutMs</c>).</summary>
/// <param name="Secrets">The newest first; each signs, so that the other side may change from one to the next at its leisure.</param>
internal sealed record WebhookOptions(Uri Url, IReadOnlyList<string> Secrets, TimeSpan Timeout)
{
    private const int LeastSecret = 16;

    /// <returns>Null where no address is configured.</returns>
    public static Outcome<WebhookOptions?> Read(IConfiguration configuration)
    {
        if (configuration["Screening:Webhook:Url"] is not { Length: > 0 } url) return (WebhookOptions?)null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return new Problem("Screening:Webhook:Url", $"Screening:Webhook:Url is “{url}”; it needs a scheme and a host, as in https://screening.example.org/comments.");
        if (configuration["Screening:Webhook:Secret"] is not { Length: >= LeastSecret } secret) return new Problem("Screening:Webhook:Secret", $"Screening:Webhook:Secret is missing or too short: at least {LeastSecret} characters, by which the other server knows that it is us.");
        var old = (configuration["Screening:Webhook:OldSecrets"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var time = configuration["Screening:Webhook:TimeoutMs"] ?? "1500";
        if (!int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds is < 50 or > 4_500) return new Problem("Screening:Webhook:TimeoutMs", $"Screening:Webhook:TimeoutMs is “{time}”; it is a number from 50 to 4,500.");
        return new WebhookOptions(uri, [secret, .. old], TimeSpan.FromMilliseconds(milliseconds));
    }
}
