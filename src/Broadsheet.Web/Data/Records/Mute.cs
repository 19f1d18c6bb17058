namespace Broadsheet.Web.Data.Records;

/// <summary>A person who is signed in does not wish to read another commenter.</summary>
internal sealed class Mute
{
    public long PersonId { get; set; }

    /// <summary>The commenter as pages name them.</summary>
    public string AuthorKey { get; set; } = "";

    /// <summary>Their name at that time, for the list of whom one has muted.</summary>
    public string Name { get; set; } = "";
    public DateTimeOffset At { get; set; }
}
