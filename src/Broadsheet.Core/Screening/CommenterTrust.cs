namespace Broadsheet.Core.Screening;

/// <summary>What moderators think of a person as a commenter.</summary>
public enum CommenterTrust
{
    /// <summary>Nothing in particular: their record speaks.</summary>
    Usual = 0,

    /// <summary>The rules on strangers and on links do not touch them.</summary>
    Trusted = 1,

    /// <summary>Each of their comments waits for a moderator.</summary>
    AlwaysHeld = 2,
}
