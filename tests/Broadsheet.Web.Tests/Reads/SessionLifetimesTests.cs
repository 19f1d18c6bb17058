using Broadsheet.Web.Reads;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.Reads;

public sealed class SessionLifetimesTests
{
    [Theory]
    [InlineData("IdleDays", "ever")]
    [InlineData("IdleDays", "0")]
    [InlineData("IdleDays", "-3")]
    [InlineData("LongestDays", "401")]
    [InlineData("LongestDays", "")]
    [InlineData("StaffIdleDays", "0.2")]
    [InlineData("StaffLongestDays", "1,5")]
    // Longer unused than at all.
    [InlineData("StaffIdleDays", "31")]
    [InlineData("IdleDays", "91")]
    public void A_wrong_value_is_told_with_its_key(string key, string value)
    {
        var problem = Read(($"SignIn:Sessions:{key}", value)).Problem;

        Assert.Equal($"SignIn:Sessions:{key}", problem?.Field);
        Assert.StartsWith($"SignIn:Sessions:{key} is ", problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_set_is_as_usual()
    {
        Assert.Equal(SessionLifetimes.Usual, Read().Value);
        Assert.Equal(SessionLifetimes.Usual with { Staff = new(TimeSpan.FromHours(12), TimeSpan.FromDays(30)) }, Read(("SignIn:Sessions:StaffIdleDays", "0.5")).Value);
    }

    private static Core.Outcome<SessionLifetimes> Read(params (string Key, string Value)[] values) =>
        SessionLifetimes.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build());
}
