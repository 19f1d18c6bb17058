namespace Broadsheet.Web.Data.Records;

/// <summary>What waits for moderators, by kind.</summary>
internal enum Queue
{
    Held = 1,
    Spam = 2,
    Trash = 3,

    /// <summary>Readers reported it, and nobody has looked yet.</summary>
    Reported = 4,

    /// <summary>Whoever wrote it asks for another look.</summary>
    Appealed = 5,

    /// <summary>Somebody says that it breaks the law.</summary>
    Notices = 6,
}

/// <summary>
/// A queue became longer or shorter; its length is the sum of its rows. Rows are added, never changed, so that writers do not wait for each other,
/// and now and then made into one (<see cref="QueueLedger.FoldAsync"/>).
/// </summary>
internal sealed class QueueCount
{
    public long Id { get; set; }
    public Queue Queue { get; set; }
    /// <summary>Comments that came, less those that went.</summary>
    public long Delta { get; set; }
}
