using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Data.Records;

/// <summary>One decision on everything that a search of a queue finds, carried out by a job bit by bit.</summary>
internal sealed class BulkRun
{
    public long Id { get; set; }

    /// <summary>Null for someone who is gone.</summary>
    public long? PersonId { get; set; }

    /// <summary>The queue that was looked at.</summary>
    public Standing From { get; set; }
    public Standing To { get; set; }

    /// <summary>The checks are asked again, and decide; <see cref="To"/> says nothing.</summary>
    public bool Screens { get; set; }

    /// <summary>As typed; empty for the whole queue.</summary>
    public string Search { get; set; } = "";

    /// <summary>Found when it was asked for.</summary>
    public int Total { get; set; }

    /// <summary>Looked at so far.</summary>
    public int Done { get; set; }

    /// <summary>Decided: of <see cref="Done"/>, those that nobody else had decided meanwhile.</summary>
    public int Changed { get; set; }

    /// <summary>Only comments up to this id: what comes meanwhile waits for its own decision.</summary>
    public long UpTo { get; set; }

    /// <summary>The comment, or for an undo the decision, that was last looked at; they go from the highest id down.</summary>
    public long Cursor { get; set; }

    /// <summary>The run whose decisions this one takes back; null for one of its own.</summary>
    public long? Undoes { get; set; }
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>A moderator stopped it before its end.</summary>
    public bool IsStopped { get; set; }
}
