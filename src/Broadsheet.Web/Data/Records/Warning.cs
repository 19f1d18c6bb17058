namespace Broadsheet.Web.Data.Records;

/// <summary>A moderator's word to somebody with an account: they comment again once they have read it.</summary>
internal sealed class Warning
{
    public long Id { get; set; }
    public long PersonId { get; set; }

    /// <summary>The comment that it is about; null for none. No reference: the comment may be deleted.</summary>
    public long? CommentId { get; set; }
    public string Words { get; set; } = "";

    /// <summary>Null for someone who is gone.</summary>
    public long? ById { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Null while they have not said that they read it.</summary>
    public DateTimeOffset? ReadAt { get; set; }
}
