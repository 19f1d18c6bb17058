namespace Broadsheet.Core.Screening;

/// <summary>What a comment brought of the sum that its writer's browser works out (<see cref="WorkProof"/>).</summary>
public enum WorkState
{
    /// <summary>Nobody looked: the comment is changed, tried or screened again, or the check is off.</summary>
    NotLooked = 0,

    /// <summary>None came: no script, no time, or a program that knows nothing of it.</summary>
    Missing = 1,

    /// <summary>It is no solution of this form's sum.</summary>
    Wrong = 2,

    /// <summary>The form is older than its sum may be.</summary>
    Late = 3,

    /// <summary>Another comment came with it before.</summary>
    Spent = 4,

    /// <summary>It is right, and was not used before.</summary>
    Solved = 5,
}
