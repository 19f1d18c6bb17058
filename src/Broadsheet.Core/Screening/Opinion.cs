namespace Broadsheet.Core.Screening;

public enum Leaning
{
    None = 0,
    Hold = 1,
    Spam = 2,
    Trash = 3,
}

/// <summary>What one check thinks, and why, in words for a moderator. An empty reason: nothing worth keeping.</summary>
public sealed record Opinion(Leaning Leaning, string Reason)
{
    public static Opinion None { get; } = new(Leaning.None, "");

    /// <summary>Earlier comments that the reason speaks of.</summary>
    public IReadOnlyList<long>? Comments { get; init; }

    /// <summary>What the check must know again later: another service's number for the comment. Null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>It could not say now, and is to be asked again.</summary>
    public bool AskAgain { get; init; }

    public static Opinion Hold(string reason) => new(Leaning.Hold, reason);

    public static Opinion Spam(string reason) => new(Leaning.Spam, reason);

    public static Opinion Trash(string reason) => new(Leaning.Trash, reason);
}
