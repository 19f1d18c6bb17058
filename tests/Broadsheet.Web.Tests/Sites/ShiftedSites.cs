using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>The machine's clock, set forward by a test.</summary>
public sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}

/// <summary>Behind a proxy, on a clock that a test sets forward; one network may send thirty comments a minute, all together twenty a second.</summary>
internal static class ShiftedSites
{
    public const int OfNetwork = 30;
    public const int Together = 20;

    public static ValueTask StartAtAsync(this BroadsheetSite site, ShiftedClock clock)
    {
        site.Services = services => services.AddSingleton<TimeProvider>(clock);
        return site.StartAsync([.. ForwardedSites.Configuration, $"--Limits:CommentsOfNetworkAMinute={OfNetwork}", $"--Limits:CommentsASecond={Together}"]);
    }
}

public sealed class ShiftedSqliteSite : SqliteSite
{
    public ShiftedClock Clock { get; } = new();

    public override ValueTask InitializeAsync() => this.StartAtAsync(Clock);
}

public sealed class ShiftedPostgresSite : PostgresSite
{
    public ShiftedClock Clock { get; } = new();

    public override ValueTask InitializeAsync() => this.StartAtAsync(Clock);
}
