using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("de", "de")]
    [InlineData(" DE-at ", "de-AT")]
    [InlineData("en_US", "en-US")]
    [InlineData("ZH-HANT-tw", "zh-Hant-TW")]
    [InlineData("es-419", "es-419")]
    [InlineData("sl-rozaj-biske", "sl-rozaj-biske")]
    [InlineData("de-CH-1901", "de-CH-1901")]
    [InlineData("gsw", "gsw")]
    [InlineData("en-a-BBB-x-Fr", "en-a-bbb-x-fr")]
    [InlineData("german", null)]
    [InlineData("d", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("de-", null)]
    [InlineData("de--AT", null)]
    [InlineData("de\"><script>", null)]
    [InlineData("de AT", null)]
    [InlineData("x-own", null)]
    [InlineData("en-a", null)]
    [InlineData("de-abcdefghi", null)]
    [InlineData("de-aaaaa-bbbbb-ccccc-ddddd-eeeee-fffff", null)]
    public void A_tag_is_read_in_the_registrys_own_case_or_not_at_all(string? text, string? tag) => Assert.Equal(tag, LanguageTag.Read(text));

    [Fact]
    public void A_country_makes_no_other_language()
    {
        Assert.True(LanguageTag.IsSame("en", "EN-gb"));
        Assert.False(LanguageTag.IsSame("en", "de"));
    }
}
