using System.Net;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Features.SignIn;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("203.0.113.9");
    private readonly FakeTimeProvider _clock = new();

    private SignInThrottle New(params IPNetwork[] exempt) => new("sign-in", exempt, new LocalCounts(_clock), _clock);

    [Fact]
    public async Task One_network_gets_few_tries_at_an_account_and_more_when_the_window_has_passed()
    {
        var throttle = New();
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) Assert.Null(await throttle.TakeAsync("ANN", Attacker, false));

        Assert.InRange((await throttle.TakeAsync("ANN", Attacker, false))!.Value, TimeSpan.FromMinutes(14), SignInThrottle.Window);
        _clock.Advance(SignInThrottle.Window);
        Assert.Null(await throttle.TakeAsync("ANN", Attacker, false));
    }

    [Fact]
    public async Task Guesses_from_everywhere_do_not_lock_the_owner_out()
    {
        var throttle = New();
        for (var i = 0; i < 1_000; i++) await throttle.TakeAsync("ANN", new IPAddress([198, 51, (byte)(i / 250), (byte)(i % 250)]), false);

        Assert.NotNull(await throttle.TakeAsync("ANN", Attacker, false));
        Assert.Null(await throttle.TakeAsync("ANN", Attacker, isKnownBrowser: true));
    }

    [Fact]
    public async Task One_network_that_tries_many_accounts_is_slowed_down()
    {
        var throttle = New();
        for (var i = 0; i < SignInThrottle.TriesOfOneNetwork; i++) Assert.Null(await throttle.TakeAsync($"PERSON{i}", Attacker, false));

        Assert.NotNull(await throttle.TakeAsync("ANOTHER", Attacker, false));
        Assert.Null(await throttle.TakeAsync("ANOTHER", IPAddress.Parse("203.0.113.10"), false));
    }

    [Fact]
    public async Task A_whole_64_of_IPv6_is_one_network()
    {
        var throttle = New();
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) Assert.Null(await throttle.TakeAsync("ANN", IPAddress.Parse($"2001:db8::{i + 1:x}"), false));

        Assert.NotNull(await throttle.TakeAsync("ANN", IPAddress.Parse("2001:db8::ffff"), false));
        Assert.Null(await throttle.TakeAsync("ANN", IPAddress.Parse("2001:db8:0:1::1"), false));
    }

    [Fact]
    public async Task The_right_password_forgets_the_wrong_ones()
    {
        var throttle = New();
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) await throttle.TakeAsync("ANN", Attacker, false);

        await throttle.SucceededAsync("ANN", Attacker, false);

        Assert.Null(await throttle.TakeAsync("ANN", Attacker, false));
    }

    [Fact]
    public async Task An_exempt_network_is_not_counted()
    {
        var throttle = New(IPNetwork.Parse("203.0.113.0/24"));

        for (var i = 0; i < 1_000; i++) Assert.Null(await throttle.TakeAsync("ANN", Attacker.MapToIPv6(), false));
    }
}
