using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Microsoft.AspNetCore.Identity;

namespace Broadsheet.Web.Data;

/// <summary>Someone known here by name: staff, a registered reader, or an imported author who has not signed in yet.</summary>
internal sealed class Person : IdentityUser<long>
{
    public string DisplayName { get; set; } = "";

    /// <summary>Folded; the address of the author's page (WordPress: <c>user_nicename</c>).</summary>
    public string Slug { get; set; } = "";
    public Role Role { get; set; }
    public string Url { get; set; } = "";

    /// <summary>Plain text.</summary>
    public string Bio { get; set; } = "";
    public DateTimeOffset JoinedAt { get; set; }

    /// <summary>The last time, by any way; null for someone who never did.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>When this account is to be deleted; null: it stays.</summary>
    public DateTimeOffset? LeavesAt { get; set; }

    /// <summary>Then their comments go, too.</summary>
    public bool LeavesNothing { get; set; }

    /// <summary>Agreed to a page of their own that shows what they wrote.</summary>
    public bool HasPage { get; set; }

    /// <summary>A moderator's mail about comments that wait.</summary>
    public HeldMail HeldMail { get; set; }

    /// <summary>Up to when such mail has told; null for never.</summary>
    public DateTimeOffset? HeldToldAt { get; set; }

    /// <summary>As a commenter, in moderators' eyes.</summary>
    public CommenterTrust Trust { get; set; }

    /// <summary>Agreed to be named and pictured among those who like something.</summary>
    public bool ShowsLikes { get; set; }
}

/// <summary>When a moderator gets mail about comments that wait.</summary>
internal enum HeldMail
{
    Never = 0,

    /// <summary>Within minutes.</summary>
    AtOnce = 1,
    Hourly = 2,
}
