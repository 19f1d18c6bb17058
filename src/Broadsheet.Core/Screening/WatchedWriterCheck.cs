namespace Broadsheet.Core.Screening;

/// <summary>A moderator wished to read whatever this person writes.</summary>
public sealed class WatchedWriterCheck : ICommentCheck
{
    public string Name => "always-held";

    public string Title => "People whose comments always wait";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Trust == CommenterTrust.AlwaysHeld && !submission.IsStaff ? Opinion.Hold("A moderator wished to read everything that this person writes.") : Opinion.None);
}
