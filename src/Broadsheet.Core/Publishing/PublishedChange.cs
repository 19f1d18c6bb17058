namespace Broadsheet.Core.Publishing;

/// <summary>What readers are told of a change to what they have read before.</summary>
public enum ChangeKind
{
    /// <summary>A comma, a typing mistake: nothing is said.</summary>
    Small = 0,

    /// <summary>Something was added.</summary>
    Update = 1,

    /// <summary>Something was wrong, and is right now.</summary>
    Correction = 2,
}

/// <summary>One change of a published article that its readers are told of.</summary>
/// <param name="RevisionId">The revision that holds the words as they stood before it.</param>
/// <param name="Note">What changed, in plain text; 1 to <see cref="MaxNote"/> characters.</param>
public sealed record PublishedChange(long RevisionId, DateTimeOffset At, ChangeKind Kind, string Note)
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxNote = 500;
}
