using System.Net;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Why a comment is not taken now.</summary>
internal sealed record EarlyRefusal(Problem Problem, int Status, TimeSpan? RetryAfter = null);

/// <summary>Twice the same, or too quick: looked for in the very write that would store the comment, so that two at once are two no more.</summary>
internal sealed class FloodGate(IReadOnlyList<IPNetwork> exempt)
{
    public async Task<EarlyRefusal?> RefuseAsync(BroadsheetDb db, Comment comment, IPAddress? from, int seconds, CancellationToken ct)
    {
        if (await IsTwiceAsync(db, comment, ct))
            return new EarlyRefusal(new Problem("comment", "This looks like a comment that you have sent already: the same words, in the same place."), StatusCodes.Status409Conflict);
        if (seconds <= 0 || IsExempt(from)) return null;
        var window = TimeSpan.FromSeconds(seconds);
        if (await LastAtAsync(db, comment, window, ct) is not { } last || comment.At - last >= window) return null;
        return new EarlyRefusal(new Problem("comment", "That was quick: please wait a little between two comments. Your words are below."), StatusCodes.Status429TooManyRequests, window - (comment.At - last));
    }

    /// <summary>WordPress's rule: same article, parent, author, e-mail address where one is given, and words; the trash does not count.</summary>
    private static Task<bool> IsTwiceAsync(BroadsheetDb db, Comment c, CancellationToken ct) => db.Comments.AsNoTracking().AnyAsync(
        o => o.ArticleId == c.ArticleId && o.BodyHash == c.BodyHash && o.ParentId == c.ParentId && o.Standing != Standing.Trashed && o.AuthorName == c.AuthorName && (c.EmailFolded == "" || o.EmailFolded == c.EmailFolded) && o.Body == c.Body, ct);

    private static async Task<DateTimeOffset?> LastAtAsync(BroadsheetDb db, Comment c, TimeSpan window, CancellationToken ct)
    {
        var since = c.At - window;
        var byAddress = await db.Comments.Where(o => o.AuthorIp == c.AuthorIp && o.At > since).MaxAsync(o => (DateTimeOffset?)o.At, ct);
        if (byAddress is not null) return byAddress;
        if (c.PersonId is { } person && await db.Comments.Where(o => o.PersonId == person && o.At > since).MaxAsync(o => (DateTimeOffset?)o.At, ct) is { } byPerson) return byPerson;
        if (c.EmailFolded.Length == 0) return null;
        return await db.Comments.Where(o => o.EmailFolded == c.EmailFolded && o.At > since).MaxAsync(o => (DateTimeOffset?)o.At, ct);
    }

    private bool IsExempt(IPAddress? from)
    {
        if (from is null) return false;
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        foreach (var network in exempt)
            if (network.Contains(address)) return true;
        return false;
    }
}
