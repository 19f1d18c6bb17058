using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Moderation.Akismet;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Asks Akismet again about a comment that it could not judge when it came. Where a moderator has decided meanwhile, that stands.</summary>
/// <param name="check">Null without a key.</param>
internal sealed class AskAgain(IDatabaseEngine engine, Writes writes, PublicationStore publications, StoredSubmissions stored, AkismetCheck? check) : IJob
{
    public string Name => CommentLedger.AskAgainJob;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        if (check is null || !long.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return;
        await using var db = engine.Open();
        if (await stored.ReadAsync(db, id, ct) is not { Submission: { Place: { } place } submission } found || found.Comment.Standing is Standing.Spam or Standing.Trashed) return;
        var mode = (await publications.GetAsync(ct)).Rules.ModeOf(check);
        if (mode == CheckMode.Off) return;
        var opinion = await check.AskAsync(submission, place, "outage", ct);
        // The outbox tries again, later and later.
        if (opinion.AskAgain) throw new InvalidOperationException(opinion.Reason);
        var results = found.Results.Where(r => r.Check != check.Name).Append(new CheckResult(check.Name, opinion.Leaning, opinion.Reason, mode) { Note = opinion.Note }).ToList();
        await writes.RunAsync((scope, token) => DecisionLedger.JudgeAgainAsync(scope, id, mode == CheckMode.Act ? Screen.StandingOf(opinion.Leaning) : Standing.Shown, ScreeningNote.Write(results)!, token), ct);
    }
}
