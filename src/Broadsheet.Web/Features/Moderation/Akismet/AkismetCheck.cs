using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Moderation.Akismet;

/// <summary>Asks Akismet, where nothing on this server has said that it is spam. What Akismet calls blatant is kept as spam like the rest.</summary>
internal sealed class AkismetCheck(AkismetClient client) : ICommentCheck
{
    public string Name => AkismetLedger.CheckName;

    public string Title => "Akismet";

    public Leaning AskedUpTo => Leaning.Hold;

    public bool LeavesServer => true;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) => submission.Place is { } place ? AskAsync(submission, place, null, ct) : ValueTask.FromResult(Opinion.None);

    /// <param name="recheck">Why it is asked anew; null for the first time.</param>
    public async ValueTask<Opinion> AskAsync(CommentSubmission submission, SubmissionPlace place, string? recheck, CancellationToken ct)
    {
        var asked = await client.CheckAsync(AkismetForm.Of(client.Options, submission, place, recheck), ct);
        if (asked.Problem is { } problem) return Opinion.None with { Reason = $"Akismet could not say: {problem.Message}. It is asked again later.", AskAgain = true };
        var answer = asked.Value;
        var opinion = answer.IsSpam ? Opinion.Spam(answer.IsBlatant ? "Akismet takes it for blatant spam." : "Akismet takes it for spam.") : Opinion.None with { Reason = "Akismet sees no spam in it." };
        return opinion with { Note = $"{answer.Guid ?? "-"} {place.Site}" };
    }
}
