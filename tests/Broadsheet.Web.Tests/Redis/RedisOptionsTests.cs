using Broadsheet.Web.Redis;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.Redis;

public sealed class RedisOptionsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("redis.example.org:6380,ssl=true,password=geheim")]
    [InlineData("10.0.0.1:6379,10.0.0.2:6379")]
    [InlineData("redis://redis.example.org")]
    [InlineData("rediss://broadsheet:geheim@redis.example.org:6380/2")]
    public void Addresses_that_the_field_uses_are_read(string text) => Assert.NotNull(Read(text).Value);

    [Fact]
    public void An_address_of_a_database_is_taken_apart()
    {
        var options = Read("rediss://news:a%2Fb:c@redis.example.org:6380/2").Value!.Connection;

        Assert.Equal(("news", "a/b:c", true, 2), (options.User, options.Password, options.Ssl, options.DefaultDatabase));
        Assert.Equal("Unspecified/redis.example.org:6380", options.EndPoints.Single().ToString());
        Assert.False(options.AbortOnConnectFail);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Where_nothing_is_configured_there_is_none(string? text)
    {
        Assert.Null(Read(text).Problem);
        Assert.Null(Read(text).Value);
    }

    [Theory]
    [InlineData("http://redis.example.org")]
    [InlineData("redis.example.org:sixthousand")]
    [InlineData("redis.example.org,colour=geheim")]
    [InlineData("password=geheim")]
    [InlineData("redis://redis.example.org/two")]
    public void What_cannot_be_read_names_the_key_and_repeats_no_password(string text)
    {
        var problem = Read(text).Problem!;

        Assert.Equal("Cache:Redis", problem.Field);
        Assert.StartsWith("Cache:Redis ", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", problem.Message, StringComparison.Ordinal);
    }

    private static Core.Outcome<RedisOptions?> Read(string? text) => RedisOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Cache:Redis", text)]).Build());
}
