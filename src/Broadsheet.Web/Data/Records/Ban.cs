using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Data.Records;

/// <summary>Someone, an address, a domain or a network that may not comment, or only after a moderator has read it. A ban that was lifted stays as a record.</summary>
internal sealed class Ban
{
    public long Id { get; set; }
    public BanKind Kind { get; set; }

    /// <summary>What was banned, as people read it.</summary>
    public string Value { get; set; } = "";

    /// <summary>What a writer is matched by (<see cref="BanTarget"/>).</summary>
    public string Key { get; set; } = "";
    public BanAction Action { get; set; }

    /// <summary>For the writer, too, where the ban refuses.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Who banned; null for someone who is gone.</summary>
    public long? ById { get; set; }
    public DateTimeOffset Since { get; set; }

    /// <summary>Null: for ever.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Null while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
    public long? LiftedById { get; set; }
}
