namespace Broadsheet.Core.Screening;

/// <summary>What a model's opinion does.</summary>
public enum ModelMode
{
    /// <summary>It is not asked.</summary>
    Off = 0,

    /// <summary>Its opinion is kept with the comment and decides nothing: for watching it first.</summary>
    Advise = 1,

    Act = 2,
}

/// <summary>How a publication uses a model.</summary>
/// <param name="HoldFrom">From this score, 0 to 1, a comment waits for a moderator.</param>
/// <param name="SpamFrom">From this score it is spam; above 1 for never.</param>
public sealed record ModelRule(ModelMode Mode, double HoldFrom, double SpamFrom)
{
    public static ModelRule Off { get; } = new(ModelMode.Off, 1, 1);
}
