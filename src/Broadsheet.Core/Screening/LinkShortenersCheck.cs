namespace Broadsheet.Core.Screening;

/// <summary>A link by a shortening service: its reader cannot see where it leads.</summary>
public sealed class LinkShortenersCheck : ICommentCheck
{
    public string Name => "link-shorteners";

    public string Title => "Links that hide where they lead";

    public CheckMode StartsIn => CheckMode.Advise;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(submission.LinkHosts.FirstOrDefault(LinkShorteners.Contains) is { } host ? Opinion.Hold($"A link by {host} hides where it leads.") : Opinion.None);
}
