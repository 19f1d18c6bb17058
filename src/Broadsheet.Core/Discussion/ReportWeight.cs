namespace Broadsheet.Core.Discussion;

/// <summary>What one report counts, in hundredths of a stranger's who has an account: readers who were right before count for more, those who cry wolf for little.</summary>
public static class ReportWeight
{
    /// <summary>Whoever has an account and has not reported before.</summary>
    public const int Newcomer = 100;

    /// <summary>Guests can come back under another network.</summary>
    public const int Guest = 50;

    private const int Least = 10;

    /// <param name="upheld">Earlier reports after which the comment did not stay.</param>
    /// <param name="refused">Earlier reports after which it stayed.</param>
    /// <returns>10 to nearly 200; 100 where as many were right as wrong.</returns>
    public static int Of(int upheld, int refused) => Math.Max(Least, (int)(200L * (upheld + 1) / (upheld + refused + 2)));

    /// <summary>Whoever a moderator trusts counts half as much again.</summary>
    public static int OfTrusted(int upheld, int refused) => Of(upheld, refused) * 3 / 2;
}
