using Broadsheet.Core.Curation;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Originals;

/// <summary>
/// Looks again at the originals of what was republished: gone (404, 410), withdrawn (the page stays but asks not to be listed, or holds no text any more) or
/// changed (too few of its words as they were when it was first looked at). One after the other; what cannot be reached says nothing, and is tried again the next day.
/// </summary>
internal sealed class CheckOriginals(IDatabaseEngine engine, Writes writes, ReadPage reader, JobPace pace, TimeProvider clock) : IRecurring
{
    private const int Batch = 10;

    public TimeSpan Every => 60 * pace.Look;

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        var due = await OriginalLedger.Due(db, clock.GetUtcNow()).OrderBy(c => c.NextAt).Take(Batch).ToListAsync(ct);
        foreach (var check in due)
            if (await writes.RunAsync((scope, token) => OriginalLedger.ClaimAsync(scope, check.ArticleId, token), ct)) await LookAsync(check, ct);
        return due.Count == Batch;
    }

    private async Task LookAsync(OriginalCheck check, CancellationToken ct)
    {
        var read = await reader.GetAsync(check.Url, ct);
        var text = read.Problem is null ? PlainText.Of(read.Value.Body) : "";
        var likeness = check.Text is { } before && text.Length > 0 ? OriginalChange.Likeness(before, text) : 100;
        OriginalFinding? finding = read.Problem switch
        {
            { Field: "404" or "410" } => OriginalFinding.Gone,
            not null => null,
            _ when read.Value.IsUnlisted || (text.Length == 0 && check.Text is not null) => OriginalFinding.Withdrawn,
            _ => likeness < OriginalChange.Threshold ? OriginalFinding.Changed : OriginalFinding.Same,
        };
        await writes.RunAsync((scope, token) => OriginalLedger.FoundAsync(scope, check.ArticleId, finding, likeness, text.Length > 0 ? text : null, token), ct);
    }
}
