using System.Globalization;
using System.Net;
using Broadsheet.Core;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.Curation;

/// <summary>What a feed's address answered.</summary>
/// <param name="Feed">Null where it has not changed since, or is gone, or wants to be left alone.</param>
/// <param name="Problem">One line; null where it answered as it should.</param>
/// <param name="Address">Where it was found in the end.</param>
internal sealed record FetchedFeed(FeedDocument? Feed, string? Problem, Uri Address, bool MovedForGood, bool IsGone, bool IsUnchanged, TimeSpan? Wait, string? ETag, string? LastModified, Uri? Hub, Uri? Self);

/// <summary>Gets a feed politely: conditionally, within 10 MB and 30 seconds, and understands what it is asked for in return.</summary>
internal sealed class FetchFeed(GuardedHttp http, TimeProvider clock)
{
    public static readonly OutboundLimits Limits = new(FeedReader.MaxBytes, TimeSpan.FromSeconds(30));

    /// <returns>The answer; or the problem that stood in its way, such as no answer at all.</returns>
    public Task<Outcome<FetchedFeed>> GetAsync(string address, OutboundConditions? conditions, CancellationToken ct) =>
        http.AskAsync(address, Limits, conditions, async (answer, token) =>
        {
            var response = answer.Response;
            var (etag, modified) = (One(response, "ETag"), response.Content.Headers.TryGetValues("Last-Modified", out var dates) ? dates.FirstOrDefault() : null);
            var none = new FetchedFeed(null, null, answer.Address, answer.MovedForGood, IsGone: false, IsUnchanged: false, WaitOf(response), etag, modified, null, null);
            if (response.StatusCode == HttpStatusCode.NotModified) return none with { IsUnchanged = true, ETag = etag ?? conditions?.ETag, LastModified = modified ?? conditions?.LastModified };
            if (response.StatusCode == HttpStatusCode.Gone) return none with { IsGone = true, Problem = "The feed is gone for good (410)." };
            if (!response.IsSuccessStatusCode) return none with { Problem = $"It answered {(int)response.StatusCode}{(response.StatusCode == HttpStatusCode.TooManyRequests ? ": it was asked too often" : "")}." };
            var read = await FeedReader.ReadAsync(answer.Body, response.Content.Headers.ContentType?.ToString(), answer.Address, token);
            if (read.Problem is { } problem) return none with { Problem = problem.Message };
            return none with { Feed = read.Value, Hub = LinkHeader.Find(response, "hub", answer.Address) ?? read.Value.Hub, Self = LinkHeader.Find(response, "self", answer.Address) ?? read.Value.Self };
        }, ct);

    private static string? One(HttpResponseMessage response, string header) => response.Headers.TryGetValues(header, out var values) && values.FirstOrDefault() is { Length: > 0 and <= 500 } value ? value : null;

    /// <summary><c>Retry-After</c> (RFC 9110, 10.2.3), in seconds or as a date.</summary>
    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        if (One(response, "Retry-After") is not { } value) return null;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until) && until > clock.GetUtcNow() ? until - clock.GetUtcNow() : null;
    }
}
