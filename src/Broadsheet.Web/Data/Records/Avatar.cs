namespace Broadsheet.Web.Data.Records;

/// <summary>The picture of a commenter: their own, or as it was found once; or that none was.</summary>
internal sealed class Avatar
{
    /// <summary>The commenter as pages name them.</summary>
    public string AuthorKey { get; set; } = "";

    /// <summary>WebP, square: 192 pixels a side where its owner uploaded it, 96 where it was fetched; null where there is none.</summary>
    public byte[]? Picture { get; set; }

    /// <summary>Whose own upload it is: nothing that is fetched replaces it. Null where it was fetched, or looked for.</summary>
    public long? PersonId { get; set; }

    /// <summary>Grows with each upload and removal, so that the picture's address changes; 0 where its owner never did either.</summary>
    public int Version { get; set; }

    /// <summary>When it was uploaded or looked for.</summary>
    public DateTimeOffset FetchedAt { get; set; }

    /// <summary>The last comment of theirs for which this was looked at: the search goes on behind the highest.</summary>
    public long CommentId { get; set; }
}
