namespace Broadsheet.Web.Data.Records;

/// <summary>A name that one person has, in one of the forms by which names are compared (<see cref="Core.People.PersonName.Keys"/>).</summary>
internal sealed class HeldName
{
    public string Key { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>Null while it is their name; else until when nobody else may take it.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>Somebody took another name.</summary>
internal sealed class NameChange
{
    public long Id { get; set; }
    public long PersonId { get; set; }
    public string Before { get; set; } = "";
    public string After { get; set; } = "";
    public DateTimeOffset At { get; set; }
}
