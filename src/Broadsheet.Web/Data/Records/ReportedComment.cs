namespace Broadsheet.Web.Data.Records;

/// <summary>A comment with reports that no moderator has looked at; the row goes when one has.</summary>
internal sealed class ReportedComment
{
    public long CommentId { get; set; }

    /// <summary>Reports, each weighed by its reporter's record (<see cref="Core.Discussion.ReportWeight"/>), in hundredths: the heaviest come first.</summary>
    public int Weight { get; set; }
    public int Reports { get; set; }

    /// <summary>Of the first report that is open.</summary>
    public DateTimeOffset Since { get; set; }
}
