namespace Broadsheet.Core.Discussion;

/// <summary>Why a reader reports a comment.</summary>
public enum ReportReason
{
    /// <summary>Advertising, or the same thing everywhere.</summary>
    Spam = 0,

    /// <summary>An attack on a person or a group.</summary>
    Abuse = 1,

    /// <summary>Somebody's private matters.</summary>
    Private = 2,

    /// <summary>Beside the subject.</summary>
    OffTopic = 3,

    /// <summary>Something else, as the note says.</summary>
    Other = 4,
}
