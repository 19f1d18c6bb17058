namespace Broadsheet.Core.Screening;

/// <summary>Everything waits for a moderator, where the publication wishes so (WordPress: <c>comment_moderation</c>).</summary>
public sealed class HoldAllCheck : ICommentCheck
{
    public string Name => "hold-all";

    public string Title => "Every comment waits";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Rules.HoldAll ? Opinion.Hold("This publication reads every comment first.") : Opinion.None);
}
