using System.Globalization;
using Broadsheet.Core.Curation.Feeds;

namespace Broadsheet.Core.Tests.Curation.Feeds;

public sealed class FeedDateTests
{
    [Theory]
    [InlineData("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z")]
    [InlineData("Thu, 1 Jan 04 19:48 EST", "2004-01-02T00:48:00Z")]
    [InlineData("01 January 2004 19:48:21 +0530", "2004-01-01T14:18:21Z")]
    [InlineData("Thursday, 01-Jan-2004 19:48:21 -05:00", "2004-01-02T00:48:21Z")]
    [InlineData("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21Z")]
    [InlineData("Jan 1, 2004", "2004-01-01T00:00:00Z")]
    [InlineData("Thu, 01 Jan 2004 19:48:21 GMT+2", "2004-01-01T17:48:21Z")]
    [InlineData("jeu., 01 févr. 2024 08:00:00 +0100", "2024-02-01T07:00:00Z")]
    [InlineData("Fr, 03 Mai 2024 08:00:00 CEST", "2024-05-03T06:00:00Z")]
    [InlineData("2003", "2003-01-01T00:00:00Z")]
    [InlineData("2003-12", "2003-12-01T00:00:00Z")]
    [InlineData("20031231", "2003-12-31T00:00:00Z")]
    [InlineData("2003-12-31T10:14:55-08:00", "2003-12-31T18:14:55Z")]
    [InlineData("2003-12-31 10:14:55", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31T10:14:55.123Z", "2003-12-31T10:14:55Z")]
    [InlineData("2003-12-31T10:14Z", "2003-12-31T10:14:00Z")]
    [InlineData("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z")]
    [InlineData("Sun, 31 Dec 1899 16:14:55 GMT", null)]
    [InlineData("31 Feb 2020 10:00 GMT", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Is_read_as_the_world_writes_it(string? written, string? expected) =>
        Assert.Equal(expected, FeedDate.Read(written)?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}
