using System.Collections.Frozen;

namespace Broadsheet.Core.Screening;

/// <summary>The publication's rules on comments (WordPress's discussion settings, and what goes beyond them).</summary>
/// <param name="HoldLinks">A comment with at least so many links is held; 0 turns that off (WordPress: <c>comment_max_links</c>).</param>
/// <param name="HoldWords">Folded words; any of them anywhere holds a comment (WordPress: <c>moderation_keys</c>).</param>
/// <param name="RefuseWords">Folded words; any of them puts a comment in the trash (WordPress: <c>disallowed_keys</c>).</param>
public sealed record ScreeningRules(bool HoldAll, bool HoldFirst, int HoldLinks, IReadOnlyList<string> HoldWords, IReadOnlyList<string> RefuseWords)
{
    /// <summary>Folded words; any of them anywhere holds a comment, and all that its writer sends from then on.</summary>
    public IReadOnlyList<string> SilencingWords { get; init; } = [];

    /// <summary>Folded words that readers see as their first letter and dots (<see cref="WordMask"/>).</summary>
    public IReadOnlyList<string> MaskedWords { get; init; } = [];

    /// <summary>How many of a writer's comments must have been shown before they are no stranger; at least 1.</summary>
    public int FirstComments { get; init; } = 1;

    /// <summary>After so many shown comments and no rejection a writer is trusted; 0 for never.</summary>
    public int TrustAfter { get; init; }

    /// <summary>A newcomer's comment with at least so many links is held; 0 turns that off.</summary>
    public int NewcomerLinks { get; init; }

    /// <summary>Comments an hour of one newcomer; 0 for any number.</summary>
    public int NewcomerHourly { get; init; }

    /// <summary>Of a writer's decided comments of the last days: with so many per cent rejected, or more, they wait; 0 for never.</summary>
    public int RejectedPercent { get; init; }

    /// <summary>Comments a minute from one network; 0 for any number.</summary>
    public int NetworkBurst { get; init; }

    /// <summary>Comments a minute of strangers in one discussion; 0 for any number.</summary>
    public int ThreadBurst { get; init; }

    /// <summary>The sum is asked of newcomers' browsers at all times, not only during a flood.</summary>
    public bool WorkAlways { get; init; }

    /// <summary>More comments of newcomers a minute, in all the publication, are a flood.</summary>
    public int WorkFrom { get; init; } = 60;

    /// <summary>How hard the sum is (<see cref="WorkProof"/>).</summary>
    public int WorkBits { get; init; } = WorkProof.UsualBits;

    /// <summary>From so many of 100 that the spam model gives, a comment waits; 0 for never.</summary>
    public int HoldSpamFrom { get; init; } = 78;

    /// <summary>From so many of 100 it is spam; 0 for never.</summary>
    public int SpamFrom { get; init; } = 97;

    /// <summary>From so many of 100 that the toxicity model gives, a comment waits; 0 for never.</summary>
    public int HoldToxicFrom { get; init; } = 80;

    /// <summary>Domains of e-mail addresses whose comments wait: throw-away mail. Lower case, ASCII.</summary>
    public FrozenSet<string> EmailDomains { get; init; } = [];

    /// <summary>A comment that links to one of these goes to the trash. Lower case, ASCII.</summary>
    public FrozenSet<string> LinkDomains { get; init; } = [];

    /// <summary>By the check's name; one that is missing begins as it says itself (<see cref="ICommentCheck.StartsIn"/>).</summary>
    public IReadOnlyDictionary<string, CheckMode> Modes { get; init; } = FrozenDictionary<string, CheckMode>.Empty;

    public CheckMode ModeOf(ICommentCheck check) => Modes.TryGetValue(check.Name, out var mode) ? mode : check.StartsIn;
}
