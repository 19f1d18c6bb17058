namespace Broadsheet.Core.Screening;

/// <summary>A ban that holds, and is not told to its writer; one that refuses has refused the comment already, but not the better words of a comment that stands. Staff are not banned.</summary>
public sealed class BanCheck : ICommentCheck
{
    public string Name => "ban";

    public string Title => "Bans of people, addresses and networks";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Bans.Count > 0 && !submission.IsStaff ? Opinion.Hold($"Its writer is banned ({facts.Bans[0].Value}): {facts.Bans[0].Reason}") : Opinion.None);
}
