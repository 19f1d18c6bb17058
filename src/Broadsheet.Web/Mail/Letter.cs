namespace Broadsheet.Web.Mail;

/// <summary>A mail as the room that sends it thinks of it. Texts may be anyone's: what cannot stand in a header is taken out when the message is made.</summary>
/// <param name="To">One address.</param>
/// <param name="FromName">The name beside our address where the operator has given none.</param>
/// <param name="Key">Names this mail for its reader for ever: the same mail, sent twice, has the same Message-ID. Letters, digits, dots and hyphens.</param>
internal sealed record Letter(string To, string FromName, string Subject, LetterBody Body, string Key, DateTimeOffset At)
{
    /// <summary>BCP 47.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Right to left.</summary>
    public bool IsRightToLeft { get; init; }

    /// <summary>The <see cref="Key"/>s of the mails above it, oldest first; the last is what it answers. They need not have been sent: they tie together what belongs together.</summary>
    public IReadOnlyList<string> Above { get; init; } = [];

    /// <summary>The list that it is mail of (RFC 2919): a name for people and one for programs. Null for a mail that is no list's.</summary>
    public LetterList? List { get; init; }

    /// <summary>Takes a POST of <c>List-Unsubscribe=One-Click</c> (RFC 8058), and shows a page to a browser. Null where there is nothing to end.</summary>
    public string? EndUrl { get; init; }
}

/// <param name="Id">Letters, digits and hyphens: what comes before the publication's host.</param>
internal sealed record LetterList(string Name, string Id);
