namespace Broadsheet.Core.Screening;

/// <summary>
/// Newcomers whose browser has not worked out the sum wait: while a flood lasts, or at all times where the publication wishes so. Nobody is refused for lack of it.
/// Staff, and writers of whom enough was shown, are not asked. Off until the publication turns it on: it costs each newcomer's browser about a second.
/// </summary>
public sealed class WorkCheck : ICommentCheck
{
    public const string CheckName = "work";

    public string Name => CheckName;

    public string Title => "A sum that newcomers' browsers work out during a flood";

    public CheckMode StartsIn => CheckMode.Off;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        if (submission.IsStaff || !facts.IsNewcomer || !(facts.IsUnderAttack || facts.Rules.WorkAlways)) return ValueTask.FromResult(Opinion.None);
        var lacks = facts.Work switch
        {
            WorkState.Missing => "without the browser's sum",
            WorkState.Wrong => "with a wrong sum of the browser's",
            WorkState.Late => "with a browser's sum that has run out",
            WorkState.Spent => "with a browser's sum that another comment came with before",
            _ => null,
        };
        return ValueTask.FromResult(lacks is null ? Opinion.None : Opinion.Hold(facts.IsUnderAttack ? $"It came during a flood, {lacks}." : $"It came from somebody new here, {lacks}."));
    }
}
