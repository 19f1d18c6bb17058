namespace Broadsheet.Core.Screening;

/// <summary>What a check's opinion is good for, as the publication wishes.</summary>
public enum CheckMode
{
    /// <summary>It is not asked.</summary>
    Off = 0,

    /// <summary>Its opinion is kept with the comment and shown to moderators, and decides nothing: to see how often it is right before it acts.</summary>
    Advise = 1,

    /// <summary>Its opinion counts.</summary>
    Act = 2,
}
