using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;

namespace Broadsheet.Core.Screening;

/// <summary>A comment as it came, with what the form and the connection tell of it.</summary>
/// <param name="HoneypotFilled">A field that people do not see was filled in.</param>
/// <param name="TypingTime">From first focus to sending, as our script measured it; null without script.</param>
/// <param name="HasToken">It carries the token of a form that was rendered here.</param>
/// <param name="IsModerator">Its writer may decide on comments here.</param>
public sealed record CommentSubmission(CommentDraft Draft, CommentOrigin Origin, string Text, int Links, bool HoneypotFilled, TimeSpan? TypingTime, bool IsModerator, bool HasToken)
{
    /// <summary>Null for a guest.</summary>
    public Role? Role { get; init; }

    public bool IsStaff => Role?.IsStaff() == true;

    /// <summary>Where the comment's links lead, and its writer's own: hosts in lower case, each once.</summary>
    public IReadOnlyList<string> LinkHosts { get; init; } = [];

    /// <summary>What it stands under; null where nobody outside the server is asked.</summary>
    public SubmissionPlace? Place { get; init; }

    /// <summary>What the field that people do not see was filled with; empty for nothing.</summary>
    public string Honeypot { get; init; } = "";

    /// <summary>The page that it was sent from, as the browser says; empty where it does not.</summary>
    public string Referrer { get; init; } = "";
}

/// <summary>The article and the comment that are answered, for services outside the server.</summary>
/// <param name="Site">The publication's own address, with scheme and host.</param>
/// <param name="Url">The article's, the same.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="ParentText">Plain text; null where the article itself is answered.</param>
public sealed record SubmissionPlace(string Site, string Url, string Title, DateTimeOffset? ModifiedAt, string Language, string? ParentAuthor, string? ParentText);
