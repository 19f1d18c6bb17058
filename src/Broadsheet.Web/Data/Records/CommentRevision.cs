namespace Broadsheet.Web.Data.Records;

/// <summary>What a comment said before its author changed it: for moderators. Rows are only ever added.</summary>
internal sealed class CommentRevision
{
    public long Id { get; set; }
    public long CommentId { get; set; }

    /// <summary>As written.</summary>
    public string Body { get; set; } = "";

    /// <summary>When these words were replaced.</summary>
    public DateTimeOffset At { get; set; }
}
