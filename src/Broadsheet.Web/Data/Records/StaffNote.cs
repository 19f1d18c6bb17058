namespace Broadsheet.Web.Data.Records;

/// <summary>What moderators write down about a commenter, for each other.</summary>
internal sealed class StaffNote
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public string Words { get; set; } = "";

    /// <summary>Null for someone who is gone.</summary>
    public long? ById { get; set; }
    public DateTimeOffset At { get; set; }
}
