namespace Broadsheet.Web.Data.Records;

/// <summary>How often something was looked at on one day. Nothing in it is about a reader.</summary>
internal sealed class StatRow
{
    /// <summary>Of the publication's calendar (<see cref="DateOnly.DayNumber"/>). After a year only the first of each month is left, with the month's sums.</summary>
    public int Day { get; set; }
    public StatKind Kind { get; set; }

    /// <summary>0 where it is about no article.</summary>
    public long ArticleId { get; set; }

    /// <summary>The page, host, words or country; empty for an article, and for views that came from nowhere.</summary>
    public string Key { get; set; } = "";
    public int Views { get; set; }

    /// <summary>Of the views, those that began elsewhere: how often somebody came.</summary>
    public int Visits { get; set; }

    /// <summary>Of the views, those of which it is known how long they lasted.</summary>
    public int Reads { get; set; }

    /// <summary>That these were looked at, all together.</summary>
    public long Seconds { get; set; }

    public void Add(StatRow more) => (Views, Visits, Reads, Seconds) = (Views + more.Views, Visits + more.Visits, Reads + more.Reads, Seconds + more.Seconds);
}

internal enum StatKind
{
    /// <summary>All pages together.</summary>
    Total = 0,
    Article = 1,

    /// <summary>A page that is no article: the front page, a section, the search.</summary>
    Page = 2,

    /// <summary>The host that readers came from, of each article.</summary>
    Source = 3,

    /// <summary>Words that were searched for here.</summary>
    Search = 4,

    /// <summary>By its code (ISO 3166-1), where the operator has given a database of networks.</summary>
    Country = 5,

    /// <summary>Likes of an article and its comments; those taken back are taken off.</summary>
    Like = 6,
}
