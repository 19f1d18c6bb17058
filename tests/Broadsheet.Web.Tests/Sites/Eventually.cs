using System.Diagnostics;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Waits on a condition, never on a duration.</summary>
public static class Eventually
{
    /// <param name="within">Null: half a minute.</param>
    public static async Task SeesAsync(Func<Task<bool>> condition, TimeSpan? within = null)
    {
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(50))
            Assert.True(Stopwatch.GetElapsedTime(started) < (within ?? TimeSpan.FromSeconds(30)), "It never came.");
    }
}
