namespace Broadsheet.Core.Screening;

/// <summary>A comment that did not come through our form (it carries no reply token) waits: programs post straight to the address.</summary>
public sealed class FormCheck : ICommentCheck
{
    public string Name => "form";

    public string Title => "Programs that do not use the reply form";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(submission.HasToken ? Opinion.None : Opinion.Hold("It did not come through the reply form of this site."));
}
