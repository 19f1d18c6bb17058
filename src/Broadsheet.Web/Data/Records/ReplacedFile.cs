namespace Broadsheet.Web.Data.Records;

/// <summary>What stood at a medium's address before its file was replaced; kept for 30 days.</summary>
internal sealed class ReplacedFile
{
    public long Id { get; set; }
    public long MediaId { get; set; }

    /// <summary>Its name among the kept files.</summary>
    public string File { get; set; } = "";
    public string MimeType { get; set; } = "";
    public long Bytes { get; set; }

    /// <summary>In pixels; null where not known.</summary>
    public int? Width { get; set; }
    public int? Height { get; set; }

    /// <summary>When it was replaced.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who replaced it; null for someone who is gone.</summary>
    public long? PersonId { get; set; }
}
