using Broadsheet.Web.Features.SignIn.Social.Fediverse;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

public sealed class ServerNameTests
{
    [Theory]
    [InlineData("social.example", "social.example")]
    [InlineData(" https://Social.Example/@ann ", "social.example")]
    [InlineData("@ann@social.example", "social.example")]
    [InlineData("ann@bücher.example", "xn--bcher-kva.example")]
    [InlineData("social.example:8443", "social.example:8443")]
    [InlineData("social", null)]
    [InlineData("[::1]", null)]
    [InlineData("a b.example", null)]
    [InlineData("social.example?x=1", null)]
    public void A_server_is_read_as_people_write_it(string typed, string? host) => Assert.Equal(host, ServerName.Read(typed));
}
