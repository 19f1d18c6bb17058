namespace Broadsheet.Core.Screening;

/// <summary>More comments within a minute than people write: from one network, or of newcomers into one discussion.</summary>
public sealed class BurstCheck : ICommentCheck
{
    public string Name => "burst";

    public string Title => "Many comments within a minute";

    public CheckMode StartsIn => CheckMode.Advise;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var rules = facts.Rules;
        if (submission.IsStaff) return ValueTask.FromResult(Opinion.None);
        return ValueTask.FromResult(
            rules.NetworkBurst > 0 && facts.FromNetwork > rules.NetworkBurst ? Opinion.Hold($"{facts.FromNetwork} comments came from this network within a minute; more than {rules.NetworkBurst} wait.")
            : rules.ThreadBurst > 0 && facts.IntoThread > rules.ThreadBurst && !facts.IsTrusted ? Opinion.Hold($"Newcomers sent {facts.IntoThread} comments into this discussion within a minute; more than {rules.ThreadBurst} wait.")
            : Opinion.None);
    }
}
