using Broadsheet.Core.Discussion;

namespace Broadsheet.Core.Screening;

/// <summary>The checks' opinions taken together.</summary>
public sealed record Verdict(Standing Standing, IReadOnlyList<CheckResult> Results);

/// <summary>What one check said; kept with the comment.</summary>
/// <param name="Mode">As it was then: in <see cref="CheckMode.Advise"/> it did not count.</param>
/// <param name="Microseconds">What it took.</param>
public sealed record CheckResult(string Check, Leaning Leaning, string Reason, CheckMode Mode = CheckMode.Act, long Microseconds = 0)
{
    /// <summary>See <see cref="Opinion.Comments"/>.</summary>
    public IReadOnlyList<long>? Comments { get; init; }

    /// <summary>See <see cref="Opinion.Note"/>.</summary>
    public string? Note { get; init; }

    /// <summary>See <see cref="Opinion.AskAgain"/>.</summary>
    public bool AskAgain { get; init; }
}
