namespace Broadsheet.Web.Data.Records;

/// <summary>What was found where a republished story stood.</summary>
internal enum OriginalFinding
{
    Same,
    Changed,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>The page asks not to be listed any more, or stands in no feed and holds no text.</summary>
    Withdrawn,
}

/// <summary>The original of one republished article, looked at again after 1, 3, 7 and 30 days and then every 30.</summary>
internal sealed class OriginalCheck
{
    public long ArticleId { get; set; }
    public string Url { get; set; } = "";

    /// <summary>How often it was looked at.</summary>
    public int Looks { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>Words of the original as it was first looked at; null until then.</summary>
    public string? Text { get; set; }
    public OriginalFinding Finding { get; set; }

    /// <summary>When it was found so.</summary>
    public DateTimeOffset? FoundAt { get; set; }

    /// <summary>When an editor has seen the finding; null while it waits for one.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>How much of its words is as it was, 0 to 100.</summary>
    public int Likeness { get; set; } = 100;
}
