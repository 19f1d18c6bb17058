using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.Moderation.Webhook;

/// <summary>
/// Asks the operator's own server by a signed request, where no other check has decided. 204 is no opinion, 200 one (<c>{"leaning","reason"}</c>); anything else,
/// and what comes too late, is none.
/// </summary>
internal sealed class WebhookCheck(WebhookOptions options, GuardedHttp http, TimeProvider clock) : ICommentCheck
{
    public const string CheckName = "webhook";
    public const string TimestampHeader = "X-Broadsheet-Timestamp";
    public const string SignatureHeader = "X-Broadsheet-Signature";
    private const int MaxReason = 500;

    public string Name => CheckName;

    public string Title => $"The server {options.Url.Host}";

    public Leaning AskedUpTo => Leaning.None;

    public bool LeavesServer => true;

    public async ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        if (submission.Place is not { } place) return Opinion.None;
        var (draft, origin) = (submission.Draft, submission.Origin);
        var body = JsonSerializer.SerializeToUtf8Bytes(new Question(
            new CommentPart(draft.Body, submission.Text, draft.AuthorName, draft.AuthorEmail, draft.AuthorUrl, origin.Ip, origin.UserAgent, origin.At, origin.PersonId, submission.Role?.ToString().ToLowerInvariant() ?? "guest"),
            draft.ParentId is { } parent ? new ParentPart(parent, place.ParentAuthor ?? "", place.ParentText ?? "") : null, new ArticlePart(draft.ArticleId, place.Title, place.Url), new SitePart(place.Site, place.Language)), WebhookJson.Default.Question);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        var stamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(TimestampHeader, stamp);
        request.Headers.Add(SignatureHeader, string.Join(',', options.Secrets.Select(s => $"v1={Sign(s, stamp, body)}")));
        using var response = await http.SendAsync(request, new OutboundLimits(64 << 10, options.Timeout, 0), ct);
        if (response.StatusCode == HttpStatusCode.NoContent) return Opinion.None;
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidDataException($"{options.Url.Host} answered {(int)response.StatusCode}");
        return Read(JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(ct), WebhookJson.Default.Answer));
    }

    /// <returns>HMAC-SHA-256 of the time, a dot and the body, hexadecimal in lower case.</returns>
    public static string Sign(string secret, string timestamp, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body]));

    private Opinion Read(Answer? answer)
    {
        var leaning = answer?.Leaning switch { "none" or "shown" or null => Leaning.None, "hold" => Leaning.Hold, "spam" => Leaning.Spam, "trash" => Leaning.Trash, var other => throw new InvalidDataException($"{options.Url.Host} said “{other}”") };
        var reason = answer?.Reason?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, MaxReason)] : $"{options.Url.Host} says so.";
        return leaning == Leaning.None && answer?.Reason is null ? Opinion.None : new Opinion(leaning, reason);
    }

    internal sealed record Question(CommentPart Comment, ParentPart? Parent, ArticlePart Article, SitePart Site);

    internal sealed record CommentPart(string Body, string Text, string AuthorName, string AuthorEmail, string AuthorUrl, string Ip, string UserAgent, DateTimeOffset At, long? PersonId, string AuthorRole);

    internal sealed record ParentPart(long Id, string AuthorName, string Text);

    internal sealed record ArticlePart(long Id, string Title, string Url);

    internal sealed record SitePart(string Url, string Language);

    internal sealed record Answer(string? Leaning, string? Reason);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebhookCheck.Question))]
[JsonSerializable(typeof(WebhookCheck.Answer))]
internal sealed partial class WebhookJson : JsonSerializerContext;
