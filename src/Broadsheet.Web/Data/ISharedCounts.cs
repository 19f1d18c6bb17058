namespace Broadsheet.Web.Data;

/// <summary>What is counted, each kind for itself: whoever fills one kind's memory makes no room in another's.</summary>
/// <param name="Name">The same in every process.</param>
/// <param name="Window">What came longer ago does not count.</param>
internal sealed record CountKind(string Name, TimeSpan Window);

/// <param name="Most">Within the window; <see cref="int.MaxValue"/> where it is only counted.</param>
internal readonly record struct CountKey(string Key, int Most);

/// <param name="Wait">Null where each was counted; else how long one of them is full, and none was counted.</param>
/// <param name="Counts">Of each key, in order: how many there are within the window, this one among them where it was counted.</param>
internal readonly record struct Counted(TimeSpan? Wait, int[] Counts);

/// <summary>
/// Counts what came lately, for limits: in this process (<see cref="LocalCounts"/>), or in all nodes of the publication together. A restart, here or there, may
/// forgive; nothing is kept that a publication could not lose.
/// </summary>
internal interface ISharedCounts
{
    /// <summary>One more under each key, unless one of them is full: then under none.</summary>
    ValueTask<Counted> AddAsync(CountKind kind, params CountKey[] keys);

    /// <summary>The latest that was added does not count after all.</summary>
    ValueTask TakeBackAsync(CountKind kind, string key);

    ValueTask ForgetAsync(CountKind kind, params string[] keys);

    /// <summary>Uses something up that may be used once.</summary>
    /// <param name="lasts">For so long it is remembered at least.</param>
    /// <returns>False: it was used before, or as many are remembered as can be.</returns>
    ValueTask<bool> SpendAsync(string kind, long serial, TimeSpan lasts);
}
