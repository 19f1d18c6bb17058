using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Broadsheet.Web.Features.Discussion.Live;

/// <summary>One article's discussion while somebody watches it: its counts, the last comments that were shown, and the watchers.</summary>
internal sealed class LiveRoom(long article)
{
    /// <summary>Who was away for longer is told the counts only.</summary>
    private const int Remembered = 200;

    /// <summary>Milliseconds: a work that waited for its turn is committed after others that began later.</summary>
    public const int Overlap = 2_000;

    /// <summary>A watcher that is slower than this misses events; counts are whole in each.</summary>
    private const int Waiting = 8;

    private readonly Lock _lock = new();
    private readonly List<Channel<byte[]>> _watchers = [];
    private readonly List<(long ShownAt, long Id)> _shown = [];
    private readonly HashSet<long> _liked = [];
    private (int Comments, int Likes) _counts;
    private bool _isDirty = true;
    private bool _isClosed;

    public long Article => article;

    /// <summary>Read once at least; its readers may be told. Else null for not yet, or false for not.</summary>
    public bool? IsPublic { get; private set; }

    public DateTimeOffset UsedAt { get; set; }

    /// <summary>Held while it is read from the database.</summary>
    public SemaphoreSlim Reading { get; } = new(1, 1);

    private long Last => _shown.Count == 0 ? 0 : _shown[^1].ShownAt;

    public int Watchers
    {
        get
        {
            lock (_lock) return _watchers.Count;
        }
    }

    /// <summary>The moment, in milliseconds since 1970, up to which comments are known; 0 for none.</summary>
    public long LastShown
    {
        get
        {
            lock (_lock) return Last;
        }
    }

    public void Touch(long? likedComment = null)
    {
        lock (_lock)
        {
            _isDirty = true;
            if (likedComment is { } id) _liked.Add(id);
        }
    }

    /// <returns>Whether there is something to read, and the comments whose likes changed: from now on they count as read.</returns>
    public (bool IsDirty, long[] Liked) TakeChanges()
    {
        lock (_lock)
        {
            var changes = (_isDirty, _liked.ToArray());
            _isDirty = false;
            _liked.Clear();
            return changes;
        }
    }

    /// <summary>What was read: kept, and told to all who watch where it differs.</summary>
    /// <param name="shown">Comments shown since <see cref="LastShown"/>, in order; may hold known ones.</param>
    public void Set(bool isPublic, int comments, int likes, IEnumerable<(long ShownAt, long Id)> shown, IReadOnlyDictionary<long, int> liked)
    {
        lock (_lock)
        {
            var isFirst = IsPublic is null;
            IsPublic = isPublic;
            var fresh = shown.Where(s => !_shown.Exists(k => k.Id == s.Id)).ToList();
            _shown.AddRange(fresh);
            if (_shown.Count > Remembered) _shown.RemoveRange(0, _shown.Count - Remembered);
            var isSame = _counts == (comments, likes) && fresh.Count == 0 && liked.Count == 0;
            _counts = (comments, likes);
            if (!isPublic)
            {
                foreach (var watcher in _watchers) watcher.Writer.TryComplete();
                _watchers.Clear();
            }
            else if (!isFirst && !isSame)
            {
                var bytes = Event(new DiscussionState(comments, likes, [.. fresh.Select(f => f.Id)], liked, Last));
                foreach (var watcher in _watchers) watcher.Writer.TryWrite(bytes);
            }
        }
    }

    /// <summary>What is known now.</summary>
    /// <param name="since">In milliseconds since 1970; null names no comments.</param>
    public DiscussionState State(long? since)
    {
        lock (_lock)
        {
            return new DiscussionState(_counts.Comments, _counts.Likes, since is { } moment ? Since(moment) : [], new Dictionary<long, int>(), Last);
        }
    }

    /// <summary>What came after the last that a watcher knows: told again, it would be announced as new to whoever reads another page.</summary>
    private IReadOnlyList<long> Since(long moment)
    {
        var last = _shown.FindLastIndex(s => s.ShownAt == moment);
        if (last >= 0) return [.. _shown.Skip(last + 1).Select(s => s.Id)];
        // It is gone, or was told elsewhere. Two that were shown in one moment may have been committed one after the other.
        return _shown.Count < Remembered || _shown[0].ShownAt < moment - 2_000 ? [.. _shown.Where(s => s.ShownAt > moment - 2_000).Select(s => s.Id)] : [];
    }

    /// <summary>Something happened that was not read yet.</summary>
    public bool IsChanged
    {
        get
        {
            lock (_lock) return _isDirty || _liked.Count > 0;
        }
    }

    /// <summary>Takes nobody in any more, for ever.</summary>
    /// <returns>False: it is watched, and stays open.</returns>
    public bool TryClose()
    {
        lock (_lock) return _isClosed = _watchers.Count == 0;
    }

    /// <summary>Takes a watcher in, with what it has to know first.</summary>
    /// <returns>Null where the room was closed: another one may be open for the article.</returns>
    public ChannelReader<byte[]>? Join(long? since)
    {
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock)
        {
            if (_isClosed) return null;
            channel.Writer.TryWrite(Event(State(since)));
            _watchers.Add(channel);
        }
        return channel.Reader;
    }

    public void Leave(ChannelReader<byte[]> reader)
    {
        lock (_lock) _watchers.RemoveAll(w => w.Reader == reader);
    }

    /// <summary>As the wire has it (WHATWG, server-sent events): made once for all.</summary>
    private static byte[] Event(DiscussionState state) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {state.Last}\ndata: {JsonSerializer.Serialize(state, LiveJson.Default.DiscussionState)}\n\n"));
}
