using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;

namespace Broadsheet.Web.Features.Media;

/// <summary>Makes a picture's smaller copies in every format: a size at a time, each asking for the next, so that other jobs do not wait for a large picture.</summary>
internal sealed class MakeRenditions(UploadedFiles files, Renditions renditions, Writes writes) : IJob
{
    public string Name => RenditionQueue.Job;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        var (at, path) = (int.Parse(payload.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture), payload[(space + 1)..]);
        if (await files.FindAsync(path, ct) is not { } original || await renditions.OfAsync(original, ct) is not { } all || at >= all.Count) return;
        foreach (var format in (string[])[RasterPicture.WebP, original.MimeType, RasterPicture.Avif])
            if (!await renditions.MakeAsync(original, all[at], format, ct).WaitAsync(ct)) return;
        if (at + 1 < all.Count) await writes.RunAsync((scope, _) => { RenditionQueue.Ask(scope, path, at + 1); return Task.CompletedTask; }, ct);
    }
}

/// <summary>Once a day: renditions of originals that are gone go too.</summary>
internal sealed class SweepRenditions(RenditionFolder folder) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await folder.SweepAsync(ct);
        return false;
    }
}
