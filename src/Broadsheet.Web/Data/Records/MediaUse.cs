namespace Broadsheet.Web.Data.Records;

/// <summary>The body of an article shows a medium, or links to its file. The featured picture is not among these: the article names it itself.</summary>
internal sealed class MediaUse
{
    public long ArticleId { get; set; }
    public long MediaId { get; set; }
}
