namespace Broadsheet.Web.Data.Records;

/// <summary>What a reader had typed into a reply form when they left it to sign in: kept for a day, or until it is posted.</summary>
internal sealed class KeptReply
{
    /// <summary>Random: whoever has it has the words.</summary>
    public string Id { get; set; } = "";
    public long ArticleId { get; set; }

    /// <summary>The comment that is answered; 0 for none.</summary>
    public long ParentId { get; set; }
    public string Words { get; set; } = "";

    /// <summary>What they ticked: mail about replies, about all comments, about new articles.</summary>
    public bool Replies { get; set; }
    public bool Thread { get; set; }
    public bool Articles { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}
