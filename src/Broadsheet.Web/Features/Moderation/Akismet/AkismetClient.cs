using Broadsheet.Core;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Moderation.Akismet;

/// <summary>What a check said of a comment.</summary>
/// <param name="IsBlatant">It may be thrown away unseen; here it is kept all the same.</param>
/// <param name="Guid">Its own number for the comment; null where it gives none.</param>
internal sealed record AkismetAnswer(bool IsSpam, bool IsBlatant, string? Guid);

/// <summary>Akismet's calls (akismet.com/developers): forms in UTF-8, answers of one word, the rest in headers.</summary>
internal sealed class AkismetClient(AkismetOptions options, GuardedHttp http, ServiceAlerts alerts)
{
    private const string Service = "Akismet";

    /// <summary>Shorter than what a check may take: an answer that is late is told as such, and asked for again.</summary>
    private static readonly OutboundLimits Limits = new(64 << 10, TimeSpan.FromSeconds(4), 0);

    public AkismetOptions Options => options;

    /// <returns>Whether the key is good for this publication.</returns>
    public async Task<Outcome<bool>> VerifyAsync(string site, CancellationToken ct)
    {
        var sent = await SendAsync("verify-key", [new("key", options.Key), new("api_key", options.Key), new("blog", site)], ct);
        if (sent.Problem is { } problem) return problem;
        alerts.Set(Service, sent.Value.Body == "valid" ? null : $"The key is not taken. {sent.Value.Help}");
        return sent.Value.Body == "valid";
    }

    public async Task<Outcome<AkismetAnswer>> CheckAsync(IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        var sent = await SendAsync("comment-check", form, ct);
        if (sent.Problem is { } problem) return problem;
        var answer = sent.Value;
        return answer.Body is "true" or "false" ? new AkismetAnswer(answer.Body == "true", answer.Tip == "discard", answer.Guid) : new Problem("akismet", $"it answered “{Cut(answer.Body)}”. {answer.Help}".Trim());
    }

    /// <param name="isSpam">What a moderator decided.</param>
    /// <returns>What went wrong; null where it took the word.</returns>
    public async Task<Problem?> TellAsync(bool isSpam, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        var sent = await SendAsync(isSpam ? "submit-spam" : "submit-ham", form, ct);
        if (sent.Problem is { } problem) return problem;
        return sent.Value.Body.StartsWith("Thanks", StringComparison.Ordinal) ? null : new Problem("akismet", $"it answered “{Cut(sent.Value.Body)}”. {sent.Value.Help}".Trim());
    }

    private async Task<Outcome<Answer>> SendAsync(string call, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Endpoint, call)) { Content = new FormUrlEncodedContent(form) };
        request.Content.Headers.ContentType!.CharSet = "utf-8";
        request.Headers.TryAddWithoutValidation("User-Agent", $"Broadsheet/{typeof(AkismetClient).Assembly.GetName().Version?.ToString(3)} | Akismet/1.1");
        try
        {
            using var response = await http.SendAsync(request, Limits, ct);
            if (!response.IsSuccessStatusCode) return new Problem("akismet", $"it answered {(int)response.StatusCode}");
            if (Header("X-akismet-alert-code") is { } code) alerts.Set(Service, $"{Header("X-akismet-alert-msg")} ({code})");
            return new Answer((await response.Content.ReadAsStringAsync(ct)).Trim(), Header("X-akismet-pro-tip"), Header("X-akismet-guid"), Header("X-akismet-debug-help"));

            string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
        }
        catch (HttpRequestException failure)
        {
            return new Problem("akismet", failure.Message);
        }
    }

    private static string Cut(string text) => text.Length > 100 ? text[..100] : text;

    private sealed record Answer(string Body, string? Tip, string? Guid, string? Help);
}
