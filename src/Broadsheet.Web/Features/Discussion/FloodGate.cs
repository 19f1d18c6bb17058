using System.Net;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Why a comment is not taken now.</summary>
internal sealed record EarlyRefusal(Problem Problem, int Status, TimeSpan? RetryAfter = null);

/// <summary>What has to lie between two comments of one person, network address or e-mail address.</summary>
/// <param name="Anywhere">In the publication; zero for nothing.</param>
/// <param name="Here">In this discussion (slow mode); zero for nothing.</param>
internal sealed record Pace(TimeSpan Anywhere, TimeSpan Here);

/// <summary>Twice the same, or too quick: looked for in the very write that would store the comment, so that two at once are two no more.</summary>
internal sealed class FloodGate(IDatabaseEngine engine, IReadOnlyList<IPNetwork> exempt)
{
    /// <summary>Before anything is rendered: whether a look by <see cref="RefuseAsync"/> is worth it already.</summary>
    public async Task<bool> IsTooQuickAsync(BroadsheetDb db, Comment comment, IPAddress? from, Pace pace, CancellationToken ct) =>
        !IsExempt(from) && Look(comment, pace) is { } look && (await engine.ReadAsync([look], ct))[0].Count > 0 && await RefuseQuickAsync(db, comment, pace, ct) is not null;

    /// <summary>In the write that would store the comment, once its article's turn is taken.</summary>
    public async Task<EarlyRefusal?> RefuseAsync(WriteScope scope, Comment comment, IPAddress? from, Pace pace, CancellationToken ct) => await CommentLedger.IsTwiceAsync(scope, comment, ct)
        ? new EarlyRefusal(new Problem("comment", "This looks like a comment that you have sent already: the same words, in the same place."), StatusCodes.Status409Conflict)
        : !IsExempt(from) && Look(comment, pace) is { } look && await scope.RunAsync(look.Sql, look.Values, ct) is not null ? await RefuseQuickAsync(scope.Db, comment, pace, ct) : null;

    /// <summary>One statement, which finds nothing for nearly everybody.</summary>
    /// <returns>Null where any pace will do.</returns>
    private static Statement? Look(Comment comment, Pace pace)
    {
        var window = pace.Anywhere > pace.Here ? pace.Anywhere : pace.Here;
        return window > TimeSpan.Zero ? new Statement(CommentStatements.WroteSince, [comment.At - window, comment.AuthorIp, comment.PersonId ?? 0, comment.EmailFolded]) : null;
    }

    private static async Task<EarlyRefusal?> RefuseQuickAsync(BroadsheetDb db, Comment comment, Pace pace, CancellationToken ct)
    {
        if (await TooSoonAsync(db.Comments, comment, pace.Anywhere, ct) is { } wait)
            return new EarlyRefusal(new Problem("comment", "That was quick: please wait a little between two comments. Your words are below."), StatusCodes.Status429TooManyRequests, wait);
        if (await TooSoonAsync(db.Comments.Where(c => c.ArticleId == comment.ArticleId), comment, pace.Here, ct) is { } slow)
            return new EarlyRefusal(new Problem("comment", $"This discussion is in slow mode: you may write again in {Words(slow)}. Your words are below."), StatusCodes.Status429TooManyRequests, slow);
        return null;
    }

    /// <returns>How long to wait; null for not at all.</returns>
    private static async Task<TimeSpan?> TooSoonAsync(IQueryable<Comment> among, Comment comment, TimeSpan window, CancellationToken ct) =>
        window > TimeSpan.Zero && await LastAtAsync(among, comment, window, ct) is { } last && comment.At - last is var passed && passed < window ? window - passed : null;

    private static string Words(TimeSpan wait) => wait.TotalSeconds < 90 ? $"{Math.Ceiling(wait.TotalSeconds):0} seconds" : wait.TotalMinutes < 90 ? $"{Math.Ceiling(wait.TotalMinutes):0} minutes" : $"{Math.Ceiling(wait.TotalHours):0} hours";

    private static async Task<DateTimeOffset?> LastAtAsync(IQueryable<Comment> among, Comment c, TimeSpan window, CancellationToken ct)
    {
        var since = c.At - window;
        var byAddress = await among.Where(o => o.AuthorIp == c.AuthorIp && o.At > since).MaxAsync(o => (DateTimeOffset?)o.At, ct);
        if (byAddress is not null) return byAddress;
        if (c.PersonId is { } person && await among.Where(o => o.PersonId == person && o.At > since).MaxAsync(o => (DateTimeOffset?)o.At, ct) is { } byPerson) return byPerson;
        if (c.EmailFolded.Length == 0) return null;
        return await among.Where(o => o.EmailFolded == c.EmailFolded && o.At > since).MaxAsync(o => (DateTimeOffset?)o.At, ct);
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
