namespace Broadsheet.Web.Data.Records;

/// <summary>What the staff say to each other beside an article. Never on a public page, in a feed, in the API or in a count.</summary>
internal sealed class ArticleNote
{
    public const int MaxLength = 4_000;

    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>Null for someone who is gone.</summary>
    public long? ById { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>Plain text; 1 to <see cref="MaxLength"/> characters.</summary>
    public string Words { get; set; } = "";
}
