using Broadsheet.Web.Features.SignIn.Social;
using Broadsheet.Web.Outbound;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A publication whose readers may sign in with two issuers on this machine.</summary>
public sealed class SqliteClubSite : SqliteSite
{
    public OpenIdProvider Club { get; } = new();

    public override async ValueTask InitializeAsync() => await this.StartAtAsync(Club);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Club.DisposeAsync();
    }
}

public sealed class PostgresClubSite : PostgresSite
{
    public OpenIdProvider Club { get; } = new();

    public override async ValueTask InitializeAsync() => await this.StartAtAsync(Club);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Club.DisposeAsync();
    }
}

internal static class ClubSites
{
    /// <summary>With the program's patience, but for a provider that is slow on purpose: no test waits for long.</summary>
    public static async Task StartAtAsync(this BroadsheetSite site, OpenIdProvider club)
    {
        await club.StartAsync();
        var http = new GuardedHttp([club.Url.Authority, club.OtherUrl.Authority]);
        site.Services = services => services.AddSingleton(new SignInHttp((request, ct) => http.SendAsync(request, SignInHttp.Limits with { Time = club.Now == OpenIdProvider.Mood.Slow ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromMinutes(1) }, ct)) { Patience = TimeSpan.FromMinutes(2) });
        await site.StartAsync(club.Configuration);
        // The first time takes seconds where the machine is busy: not on the time of a test.
        using var reader = site.NewReader();
        using var first = await reader.PostAsync("/account/sign-in/with/club/", []);
    }
}
