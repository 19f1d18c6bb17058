namespace Broadsheet.Web.Data.Records;

/// <summary>When a person who is signed in last read an article's discussion.</summary>
internal sealed class Visit
{
    public long PersonId { get; set; }
    public long ArticleId { get; set; }
    public DateTimeOffset At { get; set; }
}
