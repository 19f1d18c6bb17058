namespace Broadsheet.Core.Screening;

public enum BanKind
{
    Person = 0,
    Email = 1,

    /// <summary>Of e-mail addresses, with all that lies below it.</summary>
    EmailDomain = 2,
    Network = 3,
}

public enum BanAction
{
    /// <summary>The writer is told, with the reason and the end; nothing is stored.</summary>
    Refuse = 0,

    /// <summary>What they write waits for a moderator, and they are not told why.</summary>
    Hold = 1,
}

/// <summary>A ban in force that matches a writer.</summary>
/// <param name="Value">What was banned, as it was given.</param>
/// <param name="Until">Null: for ever.</param>
public sealed record BanMatch(long Id, BanKind Kind, string Value, string Reason, DateTimeOffset? Until, BanAction Action);
