namespace Broadsheet.Web.Data.Records;

/// <summary>An address at which somebody without an account sees an article before readers do.</summary>
internal sealed class PreviewLink
{
    public long Id { get; set; }
    public long ArticleId { get; set; }

    /// <summary>Null for someone who is gone.</summary>
    public long? ById { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}
