using System.Net;
using Broadsheet.Web.Features.Stats;

namespace Broadsheet.Web.Tests.Features.Stats;

public sealed class CountriesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("203.0.113.7", "NZ")]
    [InlineData("::ffff:203.0.113.7", "NZ")]
    [InlineData("198.51.100.200", "PT")]
    [InlineData("198.51.100.20", null)]
    [InlineData("192.0.2.1", null)]
    [InlineData("2001:db8::1", null)]
    public void A_network_is_found_in_the_operators_file(string address, string? country)
    {
        File.WriteAllBytes(_file, CountryFile.Of(("203.0.113.0/24", "NZ"), ("198.51.100.128/25", "PT")));
        using var countries = Countries.Open(_file).Value;
        Assert.Equal(country, countries.Of(IPAddress.Parse(address)));
    }

    [Fact]
    public void What_is_no_such_file_stops_the_start_with_the_keys_name()
    {
        File.WriteAllText(_file, "country,iso\n");
        foreach (var file in new[] { _file, _file + ".missing" })
        {
            var problem = Countries.Open(file).Problem!;
            Assert.Equal("Stats:CountryDatabase", problem.Field);
            Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_a_file_nothing_is_known()
    {
        using var countries = Countries.Open(null).Value;
        Assert.False(countries.AreKnown);
        Assert.Null(countries.Of(IPAddress.Loopback));
    }

    public void Dispose() => File.Delete(_file);
}
