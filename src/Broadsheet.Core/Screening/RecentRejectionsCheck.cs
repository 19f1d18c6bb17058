namespace Broadsheet.Core.Screening;

/// <summary>Much of what this writer sent lately was rejected (Coral: recent history). Staff are exempt.</summary>
public sealed class RecentRejectionsCheck : ICommentCheck
{
    /// <summary>With fewer decided comments a share says nothing.</summary>
    public const int Least = 3;

    public string Name => "recent-rejections";

    public string Title => "Writers of whom much was rejected lately";

    public CheckMode StartsIn => CheckMode.Advise;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var (history, limit) = (facts.History, facts.Rules.RejectedPercent);
        var decided = history.RecentRejected + history.RecentShown;
        return ValueTask.FromResult(limit > 0 && !submission.IsStaff && decided >= Least && history.RejectedPercent >= limit
            ? Opinion.Hold($"{history.RecentRejected} of this writer's {decided} comments of the last {WriterHistory.Recent.Days} days that are shown or rejected were rejected: {history.RejectedPercent} %; {limit} % or more wait.")
            : Opinion.None);
    }
}
