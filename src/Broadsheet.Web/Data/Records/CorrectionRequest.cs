namespace Broadsheet.Web.Data.Records;

internal enum CorrectionState
{
    Open = 0,

    /// <summary>The article was mended.</summary>
    Corrected = 1,

    /// <summary>The article stays as it is.</summary>
    Declined = 2,
}

/// <summary>A reader says what is wrong in an article.</summary>
internal sealed class CorrectionRequest
{
    public const int MaxWords = 2_000;
    public const int MaxName = 200;

    public long Id { get; set; }
    public long ArticleId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>What is wrong and what would be right, as written.</summary>
    public string Words { get; set; } = "";

    /// <summary>Who asks; empty where they did not say, and once it is forgotten.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where an answer goes; empty for none, and once it is forgotten.</summary>
    public string Email { get; set; } = "";
    public CorrectionState State { get; set; }

    /// <summary>What the newsroom told the reader; empty for nothing.</summary>
    public string Answer { get; set; } = "";

    /// <summary>Null while open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Null while open, and for someone who is gone.</summary>
    public long? ClosedById { get; set; }
}
