namespace Broadsheet.Core.Screening;

/// <summary>A field that people neither see nor reach by keyboard was filled in: a program filled the form.</summary>
public sealed class HoneypotCheck : ICommentCheck
{
    public string Name => "honeypot";

    public string Title => "A field that people do not see";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(submission.HoneypotFilled ? Opinion.Spam("A field that people cannot see was filled in.") : Opinion.None);
}
