namespace Broadsheet.Core.Screening;

/// <summary>A link to a domain on the publication's list, or below one.</summary>
public sealed class LinkDomainsCheck : ICommentCheck
{
    public string Name => "link-domains";

    public string Title => "Links to refused domains";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Rules.LinkDomains.Count > 0 && submission.LinkHosts.FirstOrDefault(h => DomainName.WithParents(h).Any(facts.Rules.LinkDomains.Contains)) is { } host ? Opinion.Trash($"It links to {host}, which is on the list of refused domains.") : Opinion.None);
}
