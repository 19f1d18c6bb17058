using System.Collections.Concurrent;
using System.Threading.Channels;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Moderation.Live;

/// <summary>Tells the moderators who look at a queue that something has changed in one, here or in another process.</summary>
internal sealed class DeskNews : ICommitObserver
{
    private readonly ConcurrentDictionary<Channel<bool>, bool> _watchers = new();

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (!_watchers.IsEmpty && evictions.Any(e => e.Tag is QueueLedger.Tag or "comments")) Tell();
    }

    public void Missed() => Tell();

    public ChannelReader<bool> Join(out object seat)
    {
        // One word that waits is enough: whoever hears it looks at how things are.
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _watchers[channel] = true;
        seat = channel;
        return channel.Reader;
    }

    public void Leave(object seat) => _watchers.TryRemove((Channel<bool>)seat, out _);

    private void Tell()
    {
        foreach (var channel in _watchers.Keys) channel.Writer.TryWrite(true);
    }
}
