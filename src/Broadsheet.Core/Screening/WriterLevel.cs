using System.Globalization;
using Broadsheet.Core.People;

namespace Broadsheet.Core.Screening;

/// <summary>How far a writer is known here: what the checks ask of them.</summary>
public enum WriterLevel
{
    /// <summary>Too few of their comments were shown: they have limits of their own, and may wait.</summary>
    Newcomer = 0,

    /// <summary>Enough were shown: a writer like others.</summary>
    Known = 1,

    /// <summary>By a moderator's word or by their record: the rules on newcomers and on links do not touch them, and their reports weigh more where it is a moderator's word.</summary>
    Trusted = 2,

    /// <summary>They work here.</summary>
    Staff = 3,
}

/// <summary>A writer's level, and how it came about, in words for a moderator.</summary>
public sealed record WriterStanding(WriterLevel Level, string Why)
{
    /// <param name="role">Null for a guest.</param>
    public static WriterStanding Of(Role? role, ScreeningFacts facts)
    {
        if (role?.IsStaff() == true) return new WriterStanding(WriterLevel.Staff, "Staff.");
        var (rules, history) = (facts.Rules, facts.History);
        var record = string.Create(CultureInfo.InvariantCulture, $"{Count(history.Shown)} shown, {Count(history.Rejected)} rejected{(history.Shown + history.Rejected >= WriterHistory.Most ? $" of the latest {WriterHistory.Most}" : "")}");
        var trusted = rules.TrustAfter > 0 ? string.Create(CultureInfo.InvariantCulture, $"; trusted after {rules.TrustAfter} and no rejection") : "";
        var watched = facts.Trust == CommenterTrust.AlwaysHeld ? " All that they write waits for a moderator." : "";
        return new WriterStanding(facts.Level, facts.Level switch
        {
            WriterLevel.Trusted when facts.Trust == CommenterTrust.Trusted => $"Trusted, by a moderator’s word: {record}.",
            WriterLevel.Trusted => $"Trusted: {record}{trusted}.",
            WriterLevel.Known => $"Known: {record}{trusted}.{watched}",
            _ => string.Create(CultureInfo.InvariantCulture, $"Newcomer: {record}; known after {Math.Max(1, rules.FirstComments)}{trusted}.{watched}"),
        });
    }

    private static string Count(int count) => count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture);
}
