using System.Globalization;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class SourceCreditTests
{
    [Fact]
    public void A_credit_keeps_what_it_is_given_without_blanks_around()
    {
        var credit = SourceCredit.Create(" The Wire ", " https://wire.example/a ", " Ines Moor ", new DateOnly(2020, 2, 20), RepublishingTerms.FullText, canonicalToOriginal: true).Value;
        Assert.Equal(
            ("The Wire", "https://wire.example/a", "Ines Moor", new DateOnly(2020, 2, 20), RepublishingTerms.FullText, true),
            (credit.Outlet, credit.OriginalUrl!.AbsoluteUri, credit.Author, credit.Date!.Value, credit.Terms, credit.CanonicalToOriginal));
    }

    [Fact]
    public void Empty_texts_mean_unknown()
    {
        var credit = SourceCredit.Create("The Wire", "", "  ").Value;
        Assert.Equal((null, null, null), (credit.OriginalUrl, credit.Author, credit.Date));
    }

    [Theory]
    [InlineData("", null, null, "outlet")]
    [InlineData("a\nb", null, null, "outlet")]
    [InlineData("The Wire", "javascript:alert(1)", null, "originalUrl")]
    [InlineData("The Wire", "/a", null, "originalUrl")]
    [InlineData("The Wire", "ftp://wire.example/a", null, "originalUrl")]
    [InlineData("The Wire", "https://user:word@wire.example/a", null, "originalUrl")]
    [InlineData("The Wire", "https://wire.example/a b", null, "originalUrl")]
    [InlineData("The Wire", null, "a\u0007b", "author")]
    public void What_cannot_stand_is_a_problem_of_its_field(string outlet, string? url, string? author, string field) =>
        Assert.Equal(field, SourceCredit.Create(outlet, url, author).Problem?.Field);

    [Fact]
    public void Lengths_are_limited()
    {
        Assert.Null(SourceCredit.Create(new string('a', 200)).Problem);
        Assert.Equal("outlet", SourceCredit.Create(new string('a', 201)).Problem?.Field);
        Assert.Equal("author", SourceCredit.Create("a", author: new string('a', 201)).Problem?.Field);
        Assert.Equal("originalUrl", SourceCredit.Create("a", "https://a.example/" + new string('a', 2000)).Problem?.Field);
    }

    [Fact]
    public void The_original_is_canonical_only_where_it_is_known() =>
        Assert.Equal("canonicalToOriginal", SourceCredit.Create("The Wire", canonicalToOriginal: true).Problem?.Field);

    [Fact]
    public void Terms_are_those_that_exist() =>
        Assert.Equal("terms", SourceCredit.Create("The Wire", terms: (RepublishingTerms)9).Problem?.Field);

    [Theory]
    [InlineData("en-US", "The Wire | February 20, 2020")]
    [InlineData("en-GB", "The Wire | 20 February 2020")]
    [InlineData("de-DE", "The Wire | 20. Februar 2020")]
    [InlineData("fr-FR", "The Wire | 20 février 2020")]
    [InlineData("es-ES", "The Wire | 20 de febrero de 2020")]
    [InlineData("", "The Wire | 20 February 2020")]
    public void It_is_shown_as_the_culture_writes_dates(string culture, string shown) =>
        Assert.Equal(shown, SourceCredit.Create("The Wire", date: new DateOnly(2020, 2, 20)).Value.Display(CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void Without_a_date_the_outlet_stands_alone() =>
        Assert.Equal("The Wire", SourceCredit.Create("The Wire").Value.Display(CultureInfo.InvariantCulture));

    [Fact]
    public void Every_culture_shows_a_day()
    {
        var credit = SourceCredit.Create("The Wire", date: new DateOnly(2020, 2, 20)).Value;
        Assert.All(CultureInfo.GetCultures(CultureTypes.SpecificCultures), culture => Assert.True(credit.Display(culture).Length > "The Wire | ".Length + 4, culture.Name));
    }
}
