using System.Collections.Concurrent;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Media;

/// <summary>A picture that readers look at, and that was never uploaded here (an import's) or has lost its renditions, gets them all: asked for once.</summary>
internal sealed class RenditionWishes(Writes writes)
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <param name="path">The original's.</param>
    public async Task AskAsync(string path, CancellationToken ct)
    {
        if (_asked.Count >= MostRemembered) _asked.Clear();
        if (_asked.TryAdd(path, true)) await writes.RunAsync(async (scope, token) => { await RenditionQueue.AskOnceAsync(scope, path, token); }, ct);
    }
}
