namespace Broadsheet.Web.Data.Records;

internal enum AppealState
{
    /// <summary>Nobody has looked yet.</summary>
    Open = 0,

    /// <summary>The comment is shown.</summary>
    Granted = 1,
    Refused = 2,
}

/// <summary>Whoever wrote a comment that is not published asks for another look: once.</summary>
internal sealed class Appeal
{
    public long CommentId { get; set; }

    /// <summary>Why it should be published; may be empty.</summary>
    public string Words { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public AppealState State { get; set; }

    /// <summary>What the moderator decided; null while open.</summary>
    public long? DecisionId { get; set; }
}
