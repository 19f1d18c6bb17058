namespace Broadsheet.Web.Data.Records;

/// <summary>What moderation came to on one day of the publication's calendar. Kept when the comments are gone.</summary>
internal sealed class ModerationDay
{
    public DateOnly Day { get; set; }

    /// <summary>Comments that came, whatever became of them.</summary>
    public int Received { get; set; }

    /// <summary>Of these, those that waited for a moderator.</summary>
    public int Held { get; set; }

    /// <summary>Of these, those that the checks put aside as spam or in the trash.</summary>
    public int Caught { get; set; }

    /// <summary>Decisions of moderators to mark as spam or to trash that held.</summary>
    public int Removed { get; set; }
    public int Reports { get; set; }
    public int Appeals { get; set; }
    public int Granted { get; set; }

    /// <summary>Legal notices.</summary>
    public int Notices { get; set; }
}
