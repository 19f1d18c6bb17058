namespace Broadsheet.Core.Screening;

/// <summary>A newcomer's first comments are held; once enough were shown, later ones show (WordPress: <c>comment_previously_approved</c>, by person, or by name and address together). Trusted people are no newcomers.</summary>
public sealed class FirstCommentCheck : ICommentCheck
{
    public string Name => "first-comment";

    public string Title => "First comments of newcomers";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var needed = Math.Max(1, facts.Rules.FirstComments);
        if (!facts.Rules.HoldFirst || facts.ShownBefore >= needed || facts.IsTrusted) return ValueTask.FromResult(Opinion.None);
        return ValueTask.FromResult(Opinion.Hold(needed == 1 || facts.ShownBefore == 0
            ? "Nobody of this name and address has a shown comment here yet."
            : $"Of this name and address, {facts.ShownBefore} {(facts.ShownBefore == 1 ? "comment is" : "comments are")} shown here yet; {needed} are asked for."));
    }
}
