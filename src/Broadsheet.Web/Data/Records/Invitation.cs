using Broadsheet.Core.People;

namespace Broadsheet.Web.Data.Records;

/// <summary>Somebody is asked to join the staff.</summary>
internal sealed class Invitation
{
    public long Id { get; set; }
    public string Email { get; set; } = "";

    /// <summary>As <see cref="PeopleLedger.Fold"/>.</summary>
    public string EmailFolded { get; set; } = "";
    public Role Role { get; set; }

    /// <summary>Null for someone who is gone.</summary>
    public long? InvitedBy { get; set; }
    public DateTimeOffset At { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Accepted or withdrawn; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
