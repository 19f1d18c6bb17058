using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Data.Records;

/// <summary>A reader says that a comment should be looked at.</summary>
internal sealed class CommentReport
{
    public long Id { get; set; }
    public long CommentId { get; set; }
    public ReportReason Reason { get; set; }

    /// <summary>In the reporter's words; may be empty.</summary>
    public string Note { get; set; } = "";

    /// <summary>Null for a guest.</summary>
    public long? PersonId { get; set; }

    /// <summary>A guest: a keyed hash of network and comment, so that one network reports a comment once. Null for a person.</summary>
    public string? Mark { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Whoever reported it asked to be mailed what comes of it; never a guest.</summary>
    public bool WantsAnswer { get; set; }

    /// <summary>A moderator has looked at it; null while nobody has.</summary>
    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>What the moderator did then; null while open.</summary>
    public long? DecisionId { get; set; }

    /// <summary>The comment did not stay as it was. Null while open.</summary>
    public bool? IsUpheld { get; set; }
}
