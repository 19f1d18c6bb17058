using System.Globalization;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class CreditFormatTests
{
    [Theory]
    [InlineData("", "The Wire | February 20, 2020")]
    [InlineData("By {author} | {outlet} | {date}", "By Ines Moor | The Wire | February 20, 2020")]
    [InlineData("{date} — {outlet}", "February 20, 2020 — The Wire")]
    public void A_credit_is_written_as_its_outlet_wants_it(string format, string expected) =>
        Assert.Equal(expected, Credit("Ines Moor", new DateOnly(2020, 2, 20)).Under(0, CreditFormat.Create(format).Value, null).Display(CultureInfo.GetCultureInfo("en-US")));

    [Fact]
    public void What_is_unknown_is_left_out() =>
        Assert.Equal("The Wire", Credit(null, null).Under(0, "By {author} | {outlet} | {date}", null).Display(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("{date}")]
    [InlineData("{outlet} {time}")]
    [InlineData("{outlet}\n")]
    public void A_format_names_the_outlet_and_knows_three_places(string format) =>
        Assert.Equal(format.Trim() == "{outlet}" ? null : "creditFormat", CreditFormat.Create(format).Problem?.Field);

    private static SourceCredit Credit(string? author, DateOnly? date) => SourceCredit.Create("The Wire", "https://wire.example/a", author, date).Value;
}
