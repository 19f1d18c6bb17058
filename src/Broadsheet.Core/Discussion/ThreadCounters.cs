namespace Broadsheet.Core.Discussion;

/// <summary>What is counted of an article's discussion, kept in the same write as each comment: no page counts rows.</summary>
public sealed class ThreadCounters
{
    public long ArticleId { get; private init; }

    /// <summary>Comments that readers see, replies among them.</summary>
    public int CommentsShown { get; set; }
    public int CommentsTopLevel { get; set; }

    /// <summary>Pingbacks and trackbacks that readers see; they are not among the comments.</summary>
    public int PingsShown { get; set; }

    /// <summary>The last top-level comment number given; numbers are for ever, so it never falls.</summary>
    public int LastNumber { get; set; }

    /// <summary>Likes of the article itself, guests' among them.</summary>
    public int Likes { get; set; }

    /// <summary>Comments that staff chose to stand on top and that readers see.</summary>
    public int Featured { get; set; }
}
