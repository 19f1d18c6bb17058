namespace Broadsheet.Web.Data;

/// <summary>What was used up, remembered for as long as it could come again.</summary>
internal sealed class SpentSerials(TimeSpan lasts)
{
    /// <summary>Within that time; what comes beyond counts as used.</summary>
    private const int Most = 400_000;

    private readonly Lock _lock = new();
    private HashSet<long> _before = [];
    private HashSet<long> _spent = [];
    private DateTimeOffset _since;

    /// <returns>False: it was used before.</returns>
    public bool Spend(long serial, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _since > lasts) (_before, _spent, _since) = (now - _since > 2 * lasts ? [] : _spent, [], now);
            return !_before.Contains(serial) && _spent.Count < Most && _spent.Add(serial);
        }
    }
}
