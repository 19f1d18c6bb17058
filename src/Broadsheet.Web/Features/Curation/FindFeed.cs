using AngleSharp.Dom;
using Broadsheet.Core;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Features.Curation;

/// <summary>A feed that was found, and what it says of itself.</summary>
internal sealed record FoundFeed(string Address, FeedDocument Feed);

/// <summary>From an address that somebody knows, the site's or the feed's, to the feed: as browsers used to, by the links in the page's head.</summary>
internal sealed class FindFeed(GuardedHttp http)
{
    private const int Tried = 4;

    /// <returns>The feed, or the problem <c>feed</c>.</returns>
    public async Task<Outcome<FoundFeed>> FindAsync(string written, CancellationToken ct)
    {
        var address = written.Trim();
        if (address.Length is 0 or > 2_000) return new Problem("feed", "Give the address of a site or of its feed.");
        var isWhole = address.Contains("://", StringComparison.Ordinal);
        var first = await ReadAsync(isWhole ? address : $"https://{address}", ct);
        // Some small outlets have no certificate yet.
        if (!isWhole && first.Problem is not null && await ReadAsync($"http://{address}", ct) is { Problem: null } plain) first = plain;
        if (first.Problem is { } problem) return problem;
        if (first.Value.Found is { } found) return found;
        foreach (var candidate in first.Value.Links.Take(Tried))
            if (await ReadAsync(candidate, ct) is { Problem: null, Value.Found: { } linked }) return linked;
        return new Problem("feed", first.Value.Links.Count == 0 ? $"{first.Value.Why} No feed is linked there either: give the feed's own address." : "The feeds that the page links could not be read.");
    }

    private async Task<Outcome<Look>> ReadAsync(string address, CancellationToken ct)
    {
        var read = await http.AskAsync(address, FetchFeed.Limits, null, async (answer, token) =>
        {
            if (!answer.Response.IsSuccessStatusCode) return new Look(null, [], $"It answered {(int)answer.Response.StatusCode}.");
            using var body = new MemoryStream();
            await answer.Body.CopyToAsync(body, token);
            var feed = FeedReader.Read(body.GetBuffer().AsSpan(0, (int)body.Length), answer.Response.Content.Headers.ContentType?.ToString(), answer.Address);
            if (feed.Problem is not { } problem) return new Look(new FoundFeed((answer.MovedForGood ? answer.Address.AbsoluteUri : null) ?? address, feed.Value), [], "");
            body.Position = 0;
            using var page = await PageParser.TryParseAsync(body, token);
            return new Look(null, page is null ? [] : Links(page, answer.Address), problem.Message);
        }, ct);
        return read.Problem is { } unreached ? new Problem("feed", $"It could not be read: {unreached.Message}.") : read.Value;
    }

    private static List<string> Links(IDocument page, Uri at)
    {
        var root = page.QuerySelector("base[href]")?.GetAttribute("href") is { } given && Uri.TryCreate(at, given, out var other) ? other : at;
        return [.. page.QuerySelectorAll("link[rel~=alternate][href], a[rel~=alternate][type][href]")
            .Where(l => (l.GetAttribute("type") ?? "").Split(';')[0].Trim().ToLowerInvariant() is "application/rss+xml" or "application/atom+xml" or "application/feed+json" or "application/rdf+xml")
            .Select(l => Uri.TryCreate(root, l.GetAttribute("href"), out var link) && link.Scheme is "http" or "https" ? link.AbsoluteUri : null).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <param name="Why">Why it is no feed.</param>
    private sealed record Look(FoundFeed? Found, IReadOnlyList<string> Links, string Why);
}
