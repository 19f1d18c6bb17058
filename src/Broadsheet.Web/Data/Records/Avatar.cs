namespace Broadsheet.Web.Data.Records;

/// <summary>The picture of a commenter, as it was found once; or that none was.</summary>
internal sealed class Avatar
{
    /// <summary>The commenter as pages name them.</summary>
    public string AuthorKey { get; set; } = "";

    /// <summary>WebP, 96 by 96 pixels; null where there is none.</summary>
    public byte[]? Picture { get; set; }
    public DateTimeOffset FetchedAt { get; set; }

    /// <summary>The last comment of theirs for which this was looked at: the search goes on behind the highest.</summary>
    public long CommentId { get; set; }
}
