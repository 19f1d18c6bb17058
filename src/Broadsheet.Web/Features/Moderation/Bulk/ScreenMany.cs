using System.Globalization;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Bulk;

/// <summary>Asks the checks again about comments of a queue: after new words, new domains, or what moderators taught. Only those that look at the comment itself; nobody outside is asked.</summary>
internal sealed class ScreenMany(IDatabaseEngine engine, Writes writes, PublicationStore publications, StoredSubmissions stored, Screen screen, TimeProvider clock) : IJob
{
    /// <summary>Shorter than a job may be away: what is left then is asked for anew.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    private static readonly string[] OfTheComment = ["links", "link-domains", "link-shorteners", "words", SilencingWordsCheck.CheckName, "email-domain", "spam-model", "toxicity-model"];

    public string Name => BulkLedger.ScreenJob;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var (run, until) = (long.Parse(payload, CultureInfo.InvariantCulture), clock.GetUtcNow() + Turn);
        while (await NextAsync(run, ct))
        {
            if (clock.GetUtcNow() < until) continue;
            await writes.RunAsync((scope, _) => { scope.Enqueue(Name, payload); return Task.CompletedTask; }, ct);
            return;
        }
    }

    private async Task<bool> NextAsync(long id, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.BulkRuns.FirstOrDefaultAsync(r => r.Id == id && r.EndedAt == null, ct) is not { } run) return false;
        var rules = (await publications.GetAsync(ct)).Rules;
        var ids = await QueueSearch.Parse(run.Search).In(BulkLedger.Of(db, run.From).Where(c => c.Id < run.Cursor)).OrderByDescending(c => c.Id).Take(BulkLedger.Bit).Select(c => c.Id).ToListAsync(ct);
        var screened = new List<ScreenedAgain>();
        foreach (var comment in ids)
            if (await stored.ReadAsync(db, comment, ct) is { } found) screened.Add(await JudgeAsync(found, rules, ct));
        return await writes.RunAsync((scope, token) => BulkLedger.ScreenedAsync(scope, id, screened, ids.Count, ids.Count > 0 ? ids[^1] : 0, token), ct);
    }

    /// <summary>What the others said when it came stands.</summary>
    private async Task<ScreenedAgain> JudgeAsync(StoredSubmission found, ScreeningRules rules, CancellationToken ct)
    {
        var verdict = await screen.JudgeAsync(found.Submission, new ScreeningFacts(0, rules), ct, c => OfTheComment.Contains(c.Name));
        List<CheckResult> results = [.. found.Results.Where(r => !OfTheComment.Contains(r.Check)), .. verdict.Results];
        var sternest = results.Where(r => r.Mode == CheckMode.Act).Select(r => r.Leaning).DefaultIfEmpty().Max();
        return new ScreenedAgain(found.Comment.Id, Screen.StandingOf(sternest), ScreeningNote.Write(results));
    }
}
