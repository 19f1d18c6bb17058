namespace Broadsheet.Core.Screening;

/// <summary>Many links wait for a moderator (WordPress: <c>comment_max_links</c>, counted as links in the rendered comment). Trusted people may link.</summary>
public sealed class LinksCheck : ICommentCheck
{
    public string Name => "links";

    public string Title => "Many links";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Rules.HoldLinks > 0 && !facts.IsTrusted && submission.Links >= facts.Rules.HoldLinks
            ? Opinion.Hold($"It has {submission.Links} links; {facts.Rules.HoldLinks} or more are held.")
            : Opinion.None);
}
