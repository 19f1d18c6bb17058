using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Data.Records;

/// <summary>Who moved which comment from where to where, when, why, and what the checks thought. Rows are only ever added. Where <see cref="From"/> is <see cref="To"/>, a moderator looked and left it there.</summary>
internal sealed class Decision
{
    public long Id { get; set; }
    public long CommentId { get; set; }

    /// <summary>Null for the program itself, and for someone who is gone.</summary>
    public long? PersonId { get; set; }
    public Standing From { get; set; }
    public Standing To { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>The decision that this one takes back; null for one of its own.</summary>
    public long? Undoes { get; set; }

    /// <summary>As told to whoever wrote the comment; empty for none.</summary>
    public string Reason { get; set; } = "";

    /// <summary>What the checks had said by then, as the comment kept it; null for nothing.</summary>
    public string? Opinions { get; set; }

    /// <summary>The run that it is a part of; null for one of its own.</summary>
    public long? RunId { get; set; }
}
