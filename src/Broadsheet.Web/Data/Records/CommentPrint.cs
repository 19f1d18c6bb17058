namespace Broadsheet.Web.Data.Records;

/// <summary>By what a comment that was posted here is compared with later ones; kept for 30 days. Imports have none.</summary>
internal sealed class CommentPrint
{
    public long CommentId { get; set; }

    /// <summary>Stands for the writer's mailbox, however it is spelled; null for a writer without an address.</summary>
    public long? Writer { get; set; }

    /// <summary>The bands of <see cref="Core.Screening.TextPrint"/>; null where the text is too short.</summary>
    public long? Band1 { get; set; }
    public long? Band2 { get; set; }
    public long? Band3 { get; set; }
    public long? Band4 { get; set; }
    public long First { get; set; }
    public long Second { get; set; }
}
