namespace Broadsheet.Core.Screening;

/// <summary>A stranger's first comment is held; once one was shown, later ones show (WordPress: <c>comment_previously_approved</c>, by person, or by name and address together).</summary>
public sealed class FirstCommentCheck : ICommentCheck
{
    public string Name => "first-comment";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Rules.HoldFirst && facts.ShownBefore == 0 ? Opinion.Hold("Nobody of this name and address has a shown comment here yet.") : Opinion.None);
}
