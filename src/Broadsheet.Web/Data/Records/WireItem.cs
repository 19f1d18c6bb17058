namespace Broadsheet.Web.Data.Records;

/// <summary>What became of a story on the wire.</summary>
internal enum WireState
{
    New,
    Snoozed,
    Dismissed,

    /// <summary>An article was made of it.</summary>
    Taken,
}

/// <summary>Another outlet's story as it came in. Its markup went through the sanitiser before it was stored.</summary>
internal sealed class WireItem
{
    public long Id { get; set; }

    /// <summary>Null: somebody gave its address by hand.</summary>
    public long? OutletId { get; set; }

    /// <summary>The outlet's own id of it, or its address; unique in its outlet.</summary>
    public string Key { get; set; } = "";

    /// <summary>The outlet's name; for one given by hand, the site's own.</summary>
    public string OutletName { get; set; } = "";
    public string Title { get; set; } = "";

    /// <summary>Null for a note that has no page of its own.</summary>
    public string? Url { get; set; }
    public string? Author { get; set; }

    /// <summary>When it appeared there; where the feed does not say, when it was first seen.</summary>
    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>When it last stood in the feed, or was given.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When the outlet last changed it here; null for never.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Sanitised HTML; empty when the feed sends none.</summary>
    public string Body { get; set; } = "";

    /// <summary>The page's text as it was extracted; null until somebody asked for it.</summary>
    public string? FullBody { get; set; }

    /// <summary>Plain text, at most 400 characters, for the list.</summary>
    public string Summary { get; set; } = "";

    /// <summary>Headline, outlet and the beginning of the text, folded, for the search.</summary>
    public string Folded { get; set; } = "";
    public string? Language { get; set; }
    public string? Picture { get; set; }

    /// <summary>Whose story it is when the outlet repeats somebody else's.</summary>
    public string? SourceName { get; set; }

    /// <summary>A hash of what came in, by which a change is seen.</summary>
    public string Hash { get; set; } = "";
    public WireState State { get; set; }
    public DateTimeOffset? SnoozedUntil { get; set; }

    /// <summary>Who looks after it; null for nobody.</summary>
    public long? AssignedTo { get; set; }

    /// <summary>Who gave it by hand; null for what came by itself.</summary>
    public long? NominatedBy { get; set; }
    public string? Note { get; set; }
    public long? ArticleId { get; set; }

    /// <summary>The first story of the same kind; its own id for a story that stands alone.</summary>
    public long GroupId { get; set; }

    /// <summary>The bands and minima of its print (<see cref="Broadsheet.Core.Curation.StoryPrint"/>); null for a text too short.</summary>
    public long? Band1 { get; set; }
    public long? Band2 { get; set; }
    public long? Band3 { get; set; }
    public long? Band4 { get; set; }
    public long? First { get; set; }
    public long? Second { get; set; }

    /// <summary>0 for a headline too short.</summary>
    public long Headline { get; set; }
}
