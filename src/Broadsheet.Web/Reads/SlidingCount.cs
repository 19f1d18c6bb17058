namespace Broadsheet.Web.Reads;

/// <summary>How many came within a window that ends now, about: those of the window before count by the part of it that is within. Takes the same room for any number.</summary>
/// <param name="Since">When the present window began.</param>
internal readonly record struct SlidingCount(DateTimeOffset Since, int Before, int Now)
{
    /// <summary>One more.</summary>
    public SlidingCount Plus(DateTimeOffset now, TimeSpan window)
    {
        var moved = At(now, window);
        return moved with { Now = moved.Now + 1 };
    }

    public int Within(DateTimeOffset now, TimeSpan window)
    {
        var (since, before, count) = At(now, window);
        return count + (int)(before * (1 - (now - since) / window));
    }

    /// <summary>Nothing of it is within, and nothing of it will count.</summary>
    public bool IsOver(DateTimeOffset now, TimeSpan window) => now - Since >= 2 * window;

    private SlidingCount At(DateTimeOffset now, TimeSpan window) => IsOver(now, window) ? new SlidingCount(now, 0, 0) : now - Since >= window ? new SlidingCount(Since + window, Now, 0) : this;
}
