namespace Broadsheet.Web.Data.Records;

/// <summary>One mail to one address, before and after it went: whom and about what. Its words are made when it is sent.</summary>
internal sealed class QueuedMail
{
    public long Id { get; set; }
    public MailKind Kind { get; set; }
    public string Email { get; set; } = "";
    public string EmailFolded { get; set; } = "";

    /// <summary>What it is sent for; for a digest, any one of its address's; for a mail that signs in, the request; for one about an account, the session or the person; for an answer to a report, the report.</summary>
    public long SubscriptionId { get; set; }

    /// <summary>The comment that it tells of; null for none. An address is told of a comment once.</summary>
    public long? CommentId { get; set; }

    /// <summary>The new article that it tells of; null for none. An address is told of an article once.</summary>
    public long? ArticleId { get; set; }

    /// <summary>The digest that carries it; null while none does.</summary>
    public long? DigestId { get; set; }
    public MailState State { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Tries that failed for now.</summary>
    public int Attempts { get; set; }

    /// <summary>A random number of the sender that has it, until <see cref="ClaimedUntil"/>.</summary>
    public long? Claim { get; set; }
    public DateTimeOffset? ClaimedUntil { get; set; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>What the mail server said, or why it was not sent.</summary>
    public string? Note { get; set; }
}

internal enum MailKind
{
    Confirmation = 0,
    Comment = 1,
    Article = 2,
    Digest = 3,

    /// <summary>The rest of an hour of a discussion in which so much is said that not each comment comes at once.</summary>
    Hourly = 4,
    SignIn = 5,

    /// <summary>Somebody signed in from a browser that their account did not know.</summary>
    NewDevice = 6,
    PasswordChanged = 7,
    PasskeyAdded = 8,
    TwoStepsOn = 9,
    TwoStepsOff = 10,
    LoginAdded = 11,
    PasskeyRemoved = 12,
    LoginRemoved = 13,

    /// <summary>So many wrong passwords were tried at an account that whoever tried was made to wait.</summary>
    WrongPasswords = 14,
    ApplicationPasswordMade = 15,

    /// <summary>An account will be deleted.</summary>
    Leaving = 20,

    /// <summary>Somebody is asked to join the staff.</summary>
    Invitation = 21,

    /// <summary>A moderator has answered an appeal.</summary>
    AppealAnswered = 22,

    /// <summary>A note beside an article names a member of the staff.</summary>
    NoteNamesYou = 30,

    /// <summary>A legal notice has come: to whoever gave it.</summary>
    NoticeReceived = 23,

    /// <summary>What was decided on it: to whoever gave it.</summary>
    NoticeAnswered = 24,

    /// <summary>The same, to whoever wrote the comment.</summary>
    StatementOfReasons = 25,

    /// <summary>Comments wait: to a moderator.</summary>
    Held = 26,

    /// <summary>A ban that refuses: to whoever is banned.</summary>
    Banned = 27,

    /// <summary>A moderator's word to a commenter.</summary>
    Warned = 28,

    /// <summary>What came of a report: to whoever made it and asked for an answer.</summary>
    ReportAnswered = 29,

    /// <summary>What came of a request for a correction: to whoever asked.</summary>
    CorrectionAnswered = 31,
}

internal enum MailState
{
    Waiting = 0,

    /// <summary>For the next digest.</summary>
    Gathered = 1,

    /// <summary>In a digest, which is a row of its own.</summary>
    Digested = 2,
    Sent = 3,

    /// <summary>There was nothing to send any more: what it told of is not shown, or nobody follows it.</summary>
    Skipped = 4,

    /// <summary>The address does not exist, the mail server says.</summary>
    Refused = 5,

    /// <summary>Tried for days without success.</summary>
    Dropped = 6,

    /// <summary>For the hour's mail about its discussion.</summary>
    Crowded = 7,
}
