using System.Diagnostics;
using System.IO.Compression;

namespace Broadsheet.Web.Caching;

/// <summary>Pages that have stood unchanged for a minute are worth the best compression: Brotli 11.</summary>
internal sealed class BackgroundCompressor(PageStore store, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Unchanged = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var page in store.Pages.Where(p => p.Brotli is null && p.Identity.Length >= 512 && p.UsedAt != 0 && Stopwatch.GetElapsedTime(p.CreatedAt) > Unchanged).Take(50).ToList())
                Compress(page);
    }

    private void Compress(CachedPage page)
    {
        using var output = new MemoryStream(page.Identity.Length / 4);
        using (var brotli = new BrotliStream(output, CompressionLevel.SmallestSize)) brotli.Write(page.Identity);
        page.Brotli = output.ToArray();
        store.Grew(page, page.Brotli.Length);
    }
}
