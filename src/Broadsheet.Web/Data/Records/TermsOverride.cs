namespace Broadsheet.Web.Data.Records;

/// <summary>An editor let an article stand beyond its outlet's terms, and said why.</summary>
internal sealed class TermsOverride
{
    public const int MaxReasonLength = 500;

    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>Null for somebody who is gone.</summary>
    public long? PersonId { get; set; }
    public DateTimeOffset At { get; set; }
    public string Reason { get; set; } = "";

    /// <summary>What the terms forbid, as it was told.</summary>
    public string Breach { get; set; } = "";
}
