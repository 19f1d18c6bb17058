using System.Diagnostics;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Waits on a condition, never on a duration.</summary>
public static class Eventually
{
    public static async Task SeesAsync(Func<Task<bool>> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(50))
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "It never came.");
    }
}
