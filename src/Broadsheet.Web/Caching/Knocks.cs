using System.Threading.Channels;

namespace Broadsheet.Web.Caching;

/// <summary>Another node has rung: <see cref="EvictionWatcher"/> need not wait for its next turn.</summary>
internal sealed class Knocks
{
    private readonly Channel<bool> _heard = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Knock() => _heard.Writer.TryWrite(true);

    /// <summary>Returns at the next knock, or after that time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken ct)
    {
        using var turn = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, ct);
        try
        {
            await _heard.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nobody knocked.
        }
    }
}
