namespace Broadsheet.Web.Data.Records;

/// <summary>Someone liked an article or one of its comments.</summary>
internal sealed class Like
{
    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>Null: the article itself is liked.</summary>
    public long? CommentId { get; set; }

    /// <summary>Null for a guest and for someone known only where the like was imported from.</summary>
    public long? PersonId { get; set; }

    /// <summary>Who it was, where that is no person of ours: a keyed hash of network, target and day (guest), or of the name in an imported file. Null for a person.</summary>
    public string? Mark { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>A guest's: when the row is forgotten, while the like stays counted. Null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
