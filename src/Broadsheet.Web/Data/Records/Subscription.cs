namespace Broadsheet.Web.Data.Records;

/// <summary>What one address wishes to be told by e-mail. An address has at most one row for each thing that can be followed, whatever became of it.</summary>
internal sealed class Subscription
{
    public long Id { get; set; }

    /// <summary>As it was given: mail goes there.</summary>
    public string Email { get; set; } = "";

    /// <summary>In lower case, as <see cref="Core.Discussion.Comment.EmailFolded"/>.</summary>
    public string EmailFolded { get; set; } = "";

    /// <summary>Whose account has this address; null for a guest.</summary>
    public long? PersonId { get; set; }
    public SubscriptionKind Kind { get; set; }

    /// <summary>0 where it is not about one article: a null would not count as the same in a unique index.</summary>
    public long ArticleId { get; set; }
    public MailFrequency Frequency { get; set; }
    public SubscriptionState State { get; set; }

    /// <summary>Why it ended, in words for its reader; null while it has not.</summary>
    public string? Reason { get; set; }

    /// <summary>Scheme and host by which its reader reached us: for links in mail where <c>Hosting:PublicUrl</c> is not set.</summary>
    public string Origin { get; set; } = "";

    /// <summary>A random number of the request that asked for it: what was asked for together is confirmed together, and nothing else is.</summary>
    public long Ask { get; set; }
    public DateTimeOffset AskedAt { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal enum SubscriptionKind
{
    /// <summary>Direct replies to the address's own comments under one article.</summary>
    Replies = 0,

    /// <summary>All comments under one article.</summary>
    Thread = 1,

    /// <summary>New articles of the publication.</summary>
    Articles = 2,
}

internal enum MailFrequency
{
    Immediate = 0,
    Daily = 1,
}

internal enum SubscriptionState
{
    /// <summary>Asked for; nothing is sent but the question whether it was meant.</summary>
    Pending = 0,
    Active = 1,
    Ended = 2,
}
