using System.Net;
using Broadsheet.Web.Features.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Features.SignIn;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("203.0.113.9");
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void One_network_gets_few_tries_at_an_account_and_more_when_the_window_has_passed()
    {
        var throttle = new SignInThrottle([], _clock);
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) Assert.Null(throttle.Take("ANN", Attacker, false));

        Assert.InRange(throttle.Take("ANN", Attacker, false)!.Value, TimeSpan.FromMinutes(14), SignInThrottle.Window);
        _clock.Advance(SignInThrottle.Window);
        Assert.Null(throttle.Take("ANN", Attacker, false));
    }

    [Fact]
    public void Guesses_from_everywhere_do_not_lock_the_owner_out()
    {
        var throttle = new SignInThrottle([], _clock);
        for (var i = 0; i < 1_000; i++) throttle.Take("ANN", new IPAddress([198, 51, (byte)(i / 250), (byte)(i % 250)]), false);

        Assert.NotNull(throttle.Take("ANN", Attacker, false));
        Assert.Null(throttle.Take("ANN", Attacker, isKnownBrowser: true));
    }

    [Fact]
    public void One_network_that_tries_many_accounts_is_slowed_down()
    {
        var throttle = new SignInThrottle([], _clock);
        for (var i = 0; i < SignInThrottle.TriesOfOneNetwork; i++) Assert.Null(throttle.Take($"PERSON{i}", Attacker, false));

        Assert.NotNull(throttle.Take("ANOTHER", Attacker, false));
        Assert.Null(throttle.Take("ANOTHER", IPAddress.Parse("203.0.113.10"), false));
    }

    [Fact]
    public void A_whole_64_of_IPv6_is_one_network()
    {
        var throttle = new SignInThrottle([], _clock);
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) Assert.Null(throttle.Take("ANN", IPAddress.Parse($"2001:db8::{i + 1:x}"), false));

        Assert.NotNull(throttle.Take("ANN", IPAddress.Parse("2001:db8::ffff"), false));
        Assert.Null(throttle.Take("ANN", IPAddress.Parse("2001:db8:0:1::1"), false));
    }

    [Fact]
    public void The_right_password_forgets_the_wrong_ones()
    {
        var throttle = new SignInThrottle([], _clock);
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) throttle.Take("ANN", Attacker, false);

        throttle.Succeeded("ANN", Attacker, false);

        Assert.Null(throttle.Take("ANN", Attacker, false));
    }

    [Fact]
    public void An_exempt_network_is_not_counted()
    {
        var throttle = new SignInThrottle([IPNetwork.Parse("203.0.113.0/24")], _clock);

        for (var i = 0; i < 1_000; i++) Assert.Null(throttle.Take("ANN", Attacker.MapToIPv6(), false));
    }
}
