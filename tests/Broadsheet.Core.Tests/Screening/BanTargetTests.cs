using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

/// <summary>What a ban matches: found by the writer's few keys.</summary>
public sealed class BanTargetTests
{
    [Theory]
    [InlineData(BanKind.Person, "7", true)]
    [InlineData(BanKind.Person, "8", false)]
    [InlineData(BanKind.Email, "a.b@gmail.com", true)]
    [InlineData(BanKind.Email, "AB+other@GoogleMail.com", true)]
    [InlineData(BanKind.Email, "abc@gmail.com", false)]
    [InlineData(BanKind.EmailDomain, "gmail.com", true)]
    [InlineData(BanKind.EmailDomain, "@Gmail.com.", true)]
    [InlineData(BanKind.EmailDomain, "mail.com", false)]
    [InlineData(BanKind.Network, "203.0.113.77", true)]
    [InlineData(BanKind.Network, "203.0.113.78", false)]
    [InlineData(BanKind.Network, "203.0.113.64/27", true)]
    [InlineData(BanKind.Network, "203.0.113.0/26", false)]
    [InlineData(BanKind.Network, "203.0.0.0/8", true)]
    public void A_writer_is_matched(BanKind kind, string value, bool matches)
    {
        var read = BanTarget.Read(kind, value);

        Assert.Null(read.Problem);
        Assert.Equal(matches, BanTarget.KeysOf(7, "a.b+news@gmail.com", "203.0.113.77").Contains(read.Value.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2001:db8:1:2::3", true)]
    [InlineData("2001:db8:1::/48", true)]
    [InlineData("2001:db8:2::/48", false)]
    [InlineData("2001:db8:1:2::/63", true)]
    public void So_is_one_of_the_newer_network(string value, bool matches) =>
        Assert.Equal(matches, BanTarget.KeysOf(null, "", "2001:db8:1:2::3").Contains(BanTarget.Read(BanKind.Network, value).Value.Key, StringComparer.Ordinal));

    [Fact]
    public void A_domain_is_banned_with_what_lies_below_it() =>
        Assert.Contains(BanTarget.Read(BanKind.EmailDomain, "bücher.example").Value.Key, BanTarget.KeysOf(null, "ann@post.xn--bcher-kva.example", ""));

    [Fact]
    public void An_address_within_the_older_network_is_that_address() =>
        Assert.Contains(BanTarget.Read(BanKind.Network, "203.0.113.7").Value.Key, BanTarget.KeysOf(null, "", "::ffff:203.0.113.7"));

    [Theory]
    [InlineData(BanKind.Person, "ann")]
    [InlineData(BanKind.Email, "ann")]
    [InlineData(BanKind.Email, "@example.org")]
    [InlineData(BanKind.EmailDomain, "org")]
    [InlineData(BanKind.EmailDomain, "exa mple.org")]
    [InlineData(BanKind.Network, "0.0.0.0/0")]
    [InlineData(BanKind.Network, "10.0.0.0/7")]
    [InlineData(BanKind.Network, "2000::/3")]
    [InlineData(BanKind.Network, "somewhere")]
    public void What_is_none_is_told(BanKind kind, string value)
    {
        var problem = BanTarget.Read(kind, value).Problem;
        Assert.Equal("value", problem?.Field);
        Assert.NotEmpty(problem!.Message);
    }
}
