using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Data.Records;

/// <summary>One member of the staff at one article in one window: that they are there, and what they have written and not saved. Not a revision, and never published.</summary>
internal sealed class DeskDraft
{
    public long PersonId { get; set; }

    /// <summary>0 for what was never saved.</summary>
    public long ArticleId { get; set; }
    public ArticleKind Kind { get; set; }

    /// <summary>The number that the window's form was given: no other window's words take the place of these.</summary>
    public long Draft { get; set; }

    /// <summary>When they came.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When their editor was last heard of; who was not for <see cref="DraftLedger.Absent"/> has gone.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The form's fields with their values, as JSON; null where nothing waits.</summary>
    public string? Fields { get; set; }

    /// <summary>When the words were kept; null where none are.</summary>
    public DateTimeOffset? KeptAt { get; set; }

    /// <summary>Who has taken the article over since; null for nobody.</summary>
    public long? TakenById { get; set; }
}
