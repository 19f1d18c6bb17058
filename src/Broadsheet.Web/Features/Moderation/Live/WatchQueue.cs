using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Live;

/// <summary>Keeps a moderator's screen true: a stream that says that something changed (server-sent events, WHATWG HTML §9.2), and the answer to what did.</summary>
internal sealed class WatchQueue(DeskNews news, IDatabaseEngine engine, PublicationStore publications, TimeProvider clock, IHostApplicationLifetime program)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);

    /// <summary>However much happens, a screen asks no more often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Browsers come back by themselves: then it is looked at anew who they are.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int MostCards = 200;

    private static readonly byte[] Beat = ":\n\n"u8.ToArray();
    private static readonly byte[] Start = "retry: 3000\n\n"u8.ToArray();
    private static readonly byte[] Changed = "data: changed\n\n"u8.ToArray();

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/live/", (HttpContext http, WatchQueue action) => action.StreamAsync(http));
        room.MapGet("/state/", (HttpContext http, WatchQueue action) => action.StateAsync(http));
    }

    private async Task StreamAsync(HttpContext http)
    {
        var reader = news.Join(out var seat);
        try
        {
            http.Response.ContentType = "text/event-stream";
            // A proxy that gathers answers would gather these for ever.
            http.Response.Headers["X-Accel-Buffering"] = "no";
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, program.ApplicationStopping);
            await SendAsync(http.Response, Start, ends.Token);
            for (var until = clock.GetUtcNow() + Longest; clock.GetUtcNow() < until;)
            {
                using var beat = CancellationTokenSource.CreateLinkedTokenSource(ends.Token);
                beat.CancelAfter(Heartbeat);
                try
                {
                    await reader.ReadAsync(beat.Token);
                    await SendAsync(http.Response, Changed, ends.Token);
                    await Task.Delay(Pause, clock, ends.Token);
                }
                catch (OperationCanceledException) when (!ends.IsCancellationRequested)
                {
                    await SendAsync(http.Response, Beat, ends.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The moderator left, or the program stops.
        }
        finally
        {
            news.Leave(seat);
        }
    }

    private static async Task SendAsync(HttpResponse response, byte[] bytes, CancellationToken ct)
    {
        await response.Body.WriteAsync(bytes, ct);
        await response.Body.FlushAsync(ct);
    }

    /// <summary>The lengths of the queues, and which of the cards on the screen somebody has decided on since they were shown.</summary>
    private async Task<IResult> StateAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var cards = Cards(http.Request.Query["cards"]);
        await using var db = engine.Open();
        var lengths = await QueueLedger.LengthsAsync(db, ct);
        var last = cards.Count == 0 ? [] : await CardFacts.LastAsync(db, cards.Keys, ct);
        var publication = await publications.GetAsync(ct);
        var overtaken = last.Where(l => l.Value.Decision.Id > cards[l.Key]).Select(l => new OvertakenCard(l.Key, $"{CardMaker.Words(l.Value, publication)}.")).ToList();
        // What was taken back by its writer, or by the program, has no decision: it stands elsewhere.
        var (ids, stood) = (cards.Keys.ToList(), QueueNames.Parse(http.Request.Query["show"]));
        if (stood is { } standing && ids.Count > 0)
            foreach (var id in await db.Comments.Where(c => ids.Contains(c.Id) && c.Standing != standing).Select(c => c.Id).ToListAsync(ct))
                if (!overtaken.Exists(o => o.Id == id)) overtaken.Add(new OvertakenCard(id, "It is no longer in this queue."));
        return TypedResults.Json(new QueueState(lengths.ToDictionary(l => l.Key.ToString().ToLowerInvariant(), l => l.Value, StringComparer.Ordinal), overtaken), QueueStateJson.Default.QueueState);
    }

    /// <summary>Ids, each with the last decision that the card knows of: <c>42.17,43.0</c>.</summary>
    private static Dictionary<long, long> Cards(string? text)
    {
        var cards = new Dictionary<long, long>();
        foreach (var part in (text ?? "").Split(',').Take(MostCards))
            if (part.Split('.') is [var id, var decision, ..] && Number(id) is { } comment && Number(decision) is { } last) cards[comment] = last;
        return cards;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <param name="Queues">Their lengths by their names.</param>
internal sealed record QueueState(IReadOnlyDictionary<string, int> Queues, IReadOnlyList<OvertakenCard> Overtaken);

/// <param name="Said">By whom, and what.</param>
internal sealed record OvertakenCard(long Id, string Said);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QueueState))]
internal sealed partial class QueueStateJson : JsonSerializerContext;
