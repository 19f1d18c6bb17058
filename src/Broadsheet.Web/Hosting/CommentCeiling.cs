using System.Globalization;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>How many comments are taken, before anything of them is read.</summary>
/// <param name="OfNetworkAMinute">Of one network (/24, /64 of IPv6); as many at once.</param>
/// <param name="ASecond">Of all networks together; three times as many at once.</param>
internal sealed record CommentLimits(int OfNetworkAMinute, int ASecond)
{
    public static CommentLimits Usual { get; } = new(120, 100);
}

/// <summary>
/// What comes faster than anyone writes is turned away before its body is read, so that a flood costs next to nothing. A person meets a limit of
/// their own long before, after their form was read, and gets their words back.
/// </summary>
internal sealed partial class CommentCeiling(RequestDelegate next, CountedNetworks networks, CommentLimits limits, AttackWatch attack, TimeProvider clock, ILogger<CommentCeiling> log)
{
    /// <summary>The rest of a small form is quicker read than a connection made anew.</summary>
    private const long SmallForm = 64 << 10;

    private static readonly byte[] Words = "Too many comments come at this moment. Nothing is lost: go back, wait a little, and send yours again; your words are still in the form."u8.ToArray();

    private readonly NetworkBuckets _networks = new(limits.OfNetworkAMinute / 60.0, limits.OfNetworkAMinute, clock);
    private readonly CellRate _all = new(limits.ASecond, limits.ASecond * 3);
    private long _allDue;
    private long _refused;
    private long _loggedAt;

    public Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !IsForComments(http.Request.Path)) return next(http);
        if (networks.Of(http.Connection.RemoteIpAddress) is not { } network) return next(http);
        if (_networks.Take(network) is { } alone) return RefuseAsync(http, network, alone);
        if (_all.Take(ref _allDue, clock.GetUtcNow().Ticks) is not { } wait) return next(http);
        // One network alone makes no flood that all must work for.
        attack.Count();
        return RefuseAsync(http, network, wait);
    }

    /// <summary>In every spelling that routing takes: in either case, and with a slash behind it.</summary>
    private static bool IsForComments(PathString path) => path.Value is { } text && text.AsSpan().TrimEnd('/').Equals("/wp-comments-post.php", StringComparison.OrdinalIgnoreCase);

    private Task RefuseAsync(HttpContext http, string network, TimeSpan wait)
    {
        Note(network);
        var response = http.Response;
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        if (http.Request.ContentLength is null or > SmallForm) response.Headers.Connection = "close";
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = Words.Length;
        return response.Body.WriteAsync(Words, http.RequestAborted).AsTask();
    }

    /// <summary>The first is logged, then how many there were, once a minute.</summary>
    private void Note(string network)
    {
        Interlocked.Increment(ref _refused);
        var (now, last) = (clock.GetUtcNow().Ticks, Volatile.Read(ref _loggedAt));
        if (now - last < TimeSpan.TicksPerMinute || Interlocked.CompareExchange(ref _loggedAt, now, last) != last) return;
        Log.Refused(log, Interlocked.Exchange(ref _refused, 0), network);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Too many comments: {Count} were turned away since this was last logged, the latest from {Network}")]
        public static partial void Refused(ILogger log, long count, string network);
    }
}
