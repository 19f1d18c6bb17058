using Broadsheet.Core.Discussion;

namespace Broadsheet.Web.Data.Records;

/// <summary>Who moved which comment from where to where, and when. Rows are only ever added.</summary>
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
}
