namespace Broadsheet.Core.Screening;

/// <summary>An e-mail address of a domain on the publication's list, or below one.</summary>
public sealed class EmailDomainCheck : ICommentCheck
{
    public string Name => "email-domain";

    public string Title => "Throw-away e-mail addresses";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Rules.EmailDomains.Count > 0 && !submission.IsStaff && EmailIdentity.DomainOf(submission.Draft.AuthorEmail) is { Length: > 0 } domain && DomainName.WithParents(domain).Any(facts.Rules.EmailDomains.Contains)
            ? Opinion.Hold($"Its e-mail address is of {domain}, which is on the list of domains to look at.") : Opinion.None);
}
