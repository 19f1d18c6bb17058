using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Discussion.Live;

/// <summary>
/// A reader watches a discussion: by server-sent events (WHATWG HTML §9.2), with a heartbeat, going on after <c>Last-Event-ID</c>;
/// or, where streams do not get through, by asking now and then, which costs no statement and, unchanged, no body.
/// </summary>
internal static class WatchDiscussion
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    /// <summary>Browsers come back by themselves; a stream for ever would keep a node from stopping.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static readonly byte[] Beat = ":\n\n"u8.ToArray();
    private static readonly byte[] Start = "retry: 5000\n\n"u8.ToArray();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/wp-json/broadsheet/v1/live", StreamAsync);
        routes.MapGet("/wp-json/broadsheet/v1/discussion", AskAsync);
    }

    private static async Task StreamAsync(HttpContext http, LiveHub hub, TimeProvider clock, IHostApplicationLifetime program)
    {
        var response = http.Response;
        response.Headers.CacheControl = "no-store";
        if (hub.IsFull)
        {
            response.Headers.RetryAfter = "60";
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        var since = DiscussionFinder.Id(http.Request.Headers["Last-Event-ID"]) ?? DiscussionFinder.Id(http.Request.Query["since"]);
        if (DiscussionFinder.Id(http.Request.Query["post"]) is not { } article || await hub.JoinAsync(article, since, http.RequestAborted) is not var (room, reader))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        try
        {
            response.ContentType = "text/event-stream";
            // A proxy that gathers answers would gather these for ever.
            response.Headers["X-Accel-Buffering"] = "no";
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, program.ApplicationStopping);
            await response.Body.WriteAsync(Start, ends.Token);
            await PassOnAsync(response, reader, clock, ends.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader left, or the program stops.
        }
        finally
        {
            room.Leave(reader);
        }
    }

    private static async Task PassOnAsync(HttpResponse response, System.Threading.Channels.ChannelReader<byte[]> reader, TimeProvider clock, CancellationToken ct)
    {
        var until = clock.GetUtcNow() + Longest;
        while (clock.GetUtcNow() < until)
        {
            using var beat = CancellationTokenSource.CreateLinkedTokenSource(ct);
            beat.CancelAfter(Heartbeat);
            try
            {
                if (!await reader.WaitToReadAsync(beat.Token)) return;
                while (reader.TryRead(out var bytes)) await response.Body.WriteAsync(bytes, ct);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                await response.Body.WriteAsync(Beat, ct);
            }
            await response.Body.FlushAsync(ct);
        }
    }

    private static async Task<IResult> AskAsync(HttpContext http, LiveHub hub)
    {
        http.Response.Headers.CacheControl = "no-cache";
        if (DiscussionFinder.Id(http.Request.Query["post"]) is not { } article || await hub.RoomAsync(article, http.RequestAborted) is not { } room) return TypedResults.NotFound();
        var bytes = JsonSerializer.SerializeToUtf8Bytes(room.State(DiscussionFinder.Id(http.Request.Query["since"])), LiveJson.Default.DiscussionState);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Bytes(bytes, "application/json; charset=utf-8");
    }
}
