namespace Broadsheet.Core.Screening;

/// <summary>A moderator, or the rules, wished that whatever this person writes is read first.</summary>
public sealed class WatchedWriterCheck : ICommentCheck
{
    public string Name => "always-held";

    public string Title => "People whose comments always wait";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Trust == CommenterTrust.AlwaysHeld && !submission.IsStaff ? Opinion.Hold("All that this person writes waits for a moderator.") : Opinion.None);
}
