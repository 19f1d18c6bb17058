using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion.Live;

/// <summary>
/// Knows which discussions are watched. Learns from what commits evict, here and in other processes, that one has changed, and reads it then,
/// once for all who watch: at most three statements a second and changed discussion, however many they are.
/// </summary>
internal sealed partial class LiveHub(IDatabaseEngine engine, TimeProvider clock, ILogger<LiveHub> log) : BackgroundService, ICommitObserver
{
    /// <summary>Together; beyond, readers ask now and then instead.</summary>
    public const int MaxWatchers = 20_000;

    /// <summary>Beyond, those that nobody watches are forgotten.</summary>
    public int MaxRooms { get; init; } = 5_000;

    /// <summary>How long a discussion that nobody watches is kept for those who ask.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, LiveRoom> _rooms = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public int Watchers => _rooms.Values.Sum(r => r.Watchers);

    public bool IsFull => Watchers >= MaxWatchers;

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (_rooms.IsEmpty) return;
        var any = false;
        foreach (var eviction in evictions)
        {
            var parts = eviction.Tag.Split(':');
            if (parts[0] is not ("article" or "thread" or "likes") || parts.Length < 2 || DiscussionFinder.Id(parts[1]) is not { } article || !_rooms.TryGetValue(article, out var room)) continue;
            room.Touch(parts.Length > 2 ? DiscussionFinder.Id(parts[2]) : null);
            any = true;
        }
        if (any) _changed.Writer.TryWrite(true);
    }

    public void Missed()
    {
        foreach (var room in _rooms.Values) room.Touch();
        if (!_rooms.IsEmpty) _changed.Writer.TryWrite(true);
    }

    /// <returns>Null where there is no such article for everyone.</returns>
    public async Task<LiveRoom?> RoomAsync(long article, CancellationToken ct)
    {
        if (!_rooms.TryGetValue(article, out var room))
        {
            if (_rooms.Count >= MaxRooms) Clear(TimeSpan.Zero);
            room = _rooms.GetOrAdd(article, id => new LiveRoom(id));
        }
        room.UsedAt = clock.GetUtcNow();
        if (room.Watchers == 0 || room.IsPublic is null) await ReadAsync(room, ct);
        return room.IsPublic == true ? room : null;
    }

    /// <summary>Finds the discussion and takes a watcher in: one step, as a room that nobody watches may be forgotten at any moment.</summary>
    /// <param name="since">See <see cref="LiveRoom.State"/>.</param>
    /// <returns>Null where there is no such article for everyone.</returns>
    public async Task<(LiveRoom Room, ChannelReader<byte[]> News)?> JoinAsync(long article, long? since, CancellationToken ct)
    {
        while (await RoomAsync(article, ct) is { } room)
        {
            if (room.Join(since) is not { } news) continue;
            // What changed after it was read, and before it had a watcher, nobody else would read.
            if (room.IsChanged) _changed.Writer.TryWrite(true);
            return (room, news);
        }
        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(stoppingToken))
            {
                _changed.Reader.TryRead(out _);
                // Where nobody watches, whoever asks next has it read.
                foreach (var room in _rooms.Values.Where(r => r.Watchers > 0)) await TryReadAsync(room, stoppingToken);
                Clear(Idle);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task TryReadAsync(LiveRoom room, CancellationToken ct)
    {
        try
        {
            await ReadAsync(room, ct);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            // The next change, or the next look, tells it.
            room.Touch();
            Log.NotRead(log, room.Article, problem.Message);
        }
    }

    private async Task ReadAsync(LiveRoom room, CancellationToken ct)
    {
        await room.Reading.WaitAsync(ct);
        try
        {
            var (isDirty, liked) = room.TakeChanges();
            if (!isDirty && liked.Length == 0) return;
            await using var db = engine.Open();
            var id = room.Article;
            var counts = await db.PublicPages().Where(a => a.Id == id && a.Password == null).Select(a => new { a.Counters.CommentsShown, a.Counters.Likes }).FirstOrDefaultAsync(ct);
            // Two that were shown in one moment may be committed one after the other; known ones are not told again.
            var since = room.LastShown is > 0 and { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last - LiveRoom.Overlap) : DateTimeOffset.MinValue;
            var shown = counts is null ? [] : await db.Comments.Where(c => c.ArticleId == id && c.ShownAt >= since && c.Standing == Standing.Shown).OrderByDescending(c => c.ShownAt).Take(200).Select(c => new { c.Id, c.ShownAt }).ToListAsync(ct);
            var likes = liked.Length == 0 ? [] : await db.Comments.Where(c => liked.Contains(c.Id) && c.ArticleId == id && c.Standing == Standing.Shown).ToDictionaryAsync(c => c.Id, c => c.Likes, ct);
            shown.Reverse();
            room.Set(counts is not null, counts?.CommentsShown ?? 0, counts?.Likes ?? 0, shown.Select(s => (s.ShownAt!.Value.ToUnixTimeMilliseconds(), s.Id)), likes);
        }
        catch
        {
            room.Touch();
            throw;
        }
        finally
        {
            room.Reading.Release();
        }
    }

    private void Clear(TimeSpan idle)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, room) in _rooms)
            if (now - room.UsedAt >= idle && room.TryClose()) _rooms.TryRemove(KeyValuePair.Create(id, room));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 8001, Level = LogLevel.Warning, Message = "What is new under {Article} could not be read: {Reason}")]
        public static partial void NotRead(ILogger log, long article, string reason);
    }
}
