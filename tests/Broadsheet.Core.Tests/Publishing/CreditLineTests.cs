using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Tests.Transfer.WordPress;
using Broadsheet.Core.Transfer.WordPress;
using CsCheck;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class CreditLineTests
{
    private static readonly DateOnly Day = new(2020, 2, 20);

    [Theory]
    [InlineData("The Wire | February 20, 2020\n\nThe tide turned.", "The tide turned.")]
    [InlineData("The Wire | February 20, 2020\r\n\r\nThe tide turned.", "The tide turned.")]
    [InlineData("The Wire|20 Feb. 2020<br>\nThe tide turned.", "The tide turned.")]
    [InlineData("<strong>The Wire</strong> | 20 February 2020\n\nThe tide turned.", "The tide turned.")]
    [InlineData("<p>The Wire | Thursday, February 20th, 2020</p>\n<p>The tide turned.</p>", "<p>The tide turned.</p>")]
    [InlineData("<p class=\"a\"><em><strong>The Wire</strong> | Feb 20, 2020</em></p><p>The tide turned.</p>", "<p>The tide turned.</p>")]
    [InlineData("<p>The Wire | 2020-02-20<br /><br/>\nThe tide turned.</p>", "<p>The tide turned.</p>")]
    [InlineData("<h5>The Wire &#124; February 20, 2020</h5>The tide turned.", "The tide turned.")]
    [InlineData("<!-- wp:paragraph {\"align\":\"left\"} -->\n<p>The Wire | February 20, 2020</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n<p>The tide turned.</p>\n<!-- /wp:paragraph -->", "<!-- wp:paragraph -->\n<p>The tide turned.</p>\n<!-- /wp:paragraph -->")]
    [InlineData("<!-- wp:paragraph -->\n<p>The Wire | February 20, 2020<br>The tide turned.</p>\n<!-- /wp:paragraph -->", "<!-- wp:paragraph -->\n<p>The tide turned.</p>\n<!-- /wp:paragraph -->")]
    [InlineData("The Wire – February 20, 2020\n\nThe tide turned.", "The tide turned.")]
    [InlineData("The Wire &mdash; February 20, 2020\n\nThe tide turned.", "The tide turned.")]
    [InlineData("The Wire · February 20, 2020\n\n<!--more-->", "<!--more-->")]
    [InlineData("The Wire&nbsp;|&nbsp;February 20, 2020<p>The tide turned.</p>", "<p>The tide turned.</p>")]
    [InlineData("The Wire | February 20, 2020", "")]
    public void A_credit_line_is_read_and_taken_out(string body, string rest)
    {
        Assert.True(CreditLine.TryRead(body, out var credit, out var without));
        Assert.Equal(("The Wire", Day, null, null), (credit.Outlet, credit.Date!.Value, credit.OriginalUrl, credit.Author));
        Assert.Equal(rest, without);
        Assert.Equal(RepublishingTerms.Unknown, credit.Terms);
    }

    [Theory]
    [InlineData("<a href=\"https://wire.example/a?b=1&amp;c=2\">The Wire</a> | Feb 20, 2020\n\nText")]
    [InlineData("<p><a target='_blank' href='https://wire.example/a?b=1&amp;c=2' rel=\"x > y\">The Wire</a> | 20 Feb 2020</p>Text")]
    [InlineData("<em><A HREF=https://wire.example/a?b=1&amp;c=2>The Wire</A> — February 20, 2020</em>\n\nText")]
    [InlineData("The Wire | <a href=\"https://wire.example/a?b=1&amp;c=2\">February 20, 2020</a>\n\nText")]
    public void The_address_of_the_original_is_read(string body)
    {
        Assert.True(CreditLine.TryRead(body, out var credit, out var rest));
        Assert.Equal(("The Wire", "https://wire.example/a?b=1&c=2", "Text"), (credit.Outlet, credit.OriginalUrl!.AbsoluteUri, rest));
    }

    [Fact]
    public void The_author_is_read()
    {
        Assert.True(CreditLine.TryRead("The Wire | By Ines Moor | February 20, 2020\n\nText", out var credit, out _));
        Assert.Equal(("The Wire", "Ines Moor"), (credit.Outlet, credit.Author));
    }

    [Theory]
    [InlineData("U.S. Tide Report")]
    [InlineData("openTide")]
    [InlineData("tides.example")]
    [InlineData("L'Écho des Marées")]
    [InlineData("潮汐报")]
    [InlineData("Tide & Time 24")]
    public void Outlets_have_many_names(string outlet)
    {
        Assert.True(CreditLine.TryRead($"{outlet} | February 20, 2020\n\nText", out var credit, out _));
        Assert.Equal(outlet, credit.Outlet);
    }

    [Theory]
    [InlineData("20. Februar 2020")]
    [InlineData("Donnerstag, 20. Februar 2020")]
    [InlineData("20 février 2020")]
    [InlineData("jeudi 20 févr. 2020")]
    [InlineData("20 de febrero de 2020")]
    [InlineData("20 febbraio 2020")]
    [InlineData("20 de fevereiro de 2020")]
    [InlineData("20 februari 2020")]
    [InlineData("torsdag den 20. februar 2020")]
    [InlineData("20 lutego 2020")]
    [InlineData("20.02.2020")]
    [InlineData("20.2.2020")]
    [InlineData("2020/02/20")]
    [InlineData("FEBRUARY 20, 2020")]
    [InlineData("Thu., 20th of February, 2020")]
    public void Dates_are_read_as_europe_writes_them(string date)
    {
        Assert.True(CreditLine.TryRead($"The Wire | {date}\n\nText", out var credit, out _));
        Assert.Equal(Day, credit.Date);
    }

    [Theory]
    [InlineData("")]
    [InlineData("The tide turned.")]
    [InlineData("The Wire | February 20, 2020 The tide turned.")]
    [InlineData("The Wire | February 30, 2020\n\nText")]
    [InlineData("The Wire | 02/20/2020\n\nText")]
    [InlineData("The Wire | February 2020\n\nText")]
    [InlineData("The Wire | 20 2020 February\n\nText")]
    [InlineData("The Wire, February 20, 2020\n\nText")]
    [InlineData("We met at noon, then left | February 20, 2020\n\nText")]
    [InlineData("It rained. | February 20, 2020\n\nText")]
    [InlineData("posted in news | February 20, 2020\n\nText")]
    [InlineData("Updated | February 20, 2020\n\nText")]
    [InlineData("Last updated – February 20, 2020\n\nText")]
    [InlineData("First published in The Wire | February 20, 2020\n\nText")]
    [InlineData("Berlin – 20 February 2020\n\nText")]
    [InlineData("New York — February 20, 2020\n\nText")]
    [InlineData("BERLIN · 20 February 2020\n\nText")]
    [InlineData("February 19, 2020 | February 20, 2020\n\nText")]
    [InlineData("February 20, 2020 | The Wire\n\nText")]
    [InlineData("2020 | February 20, 2020\n\nText")]
    [InlineData("A | February 20, 2020\n\nText")]
    [InlineData("The Wire | Opinion | February 20, 2020\n\nText")]
    [InlineData("<p>The Wire | <img src=x> February 20, 2020</p>")]
    [InlineData("<p><a href=\"javascript:alert(1)\">The Wire</a> | February 20, 2020</p>")]
    [InlineData("<p><a href=\"/local\">The Wire</a> | February 20, 2020</p>")]
    [InlineData("<p><a name=\"x\">The Wire</a> | February 20, 2020</p>")]
    [InlineData("<p><a href=\"https://a.example\">The</a> <a href=\"https://b.example\">Wire</a> | February 20, 2020</p>")]
    [InlineData("<em>The Wire | February 20, 2020\n\nThe tide turned.</em>")]
    [InlineData("<blockquote>The Wire | February 20, 2020</blockquote>")]
    [InlineData("<!-- wp:image -->\n<p>The Wire | February 20, 2020</p>\n<!-- /wp:image -->")]
    [InlineData("<!-- wp:paragraph -->\n<p>The Wire | February 20, 2020</p>\nText")]
    [InlineData("Text first.\n\nThe Wire | February 20, 2020\n\nText")]
    public void Anything_else_is_left_alone(string body)
    {
        Assert.False(CreditLine.TryRead(body, out var credit, out var rest));
        Assert.Null(credit);
        Assert.Same(body, rest);
    }

    [Fact]
    public void A_marked_name_may_stand_before_a_dash()
    {
        Assert.True(CreditLine.TryRead("<b>Tidewatch</b> – 20 February 2020\n\nText", out var credit, out _));
        Assert.Equal("Tidewatch", credit.Outlet);
    }

    [Fact]
    public void No_body_of_the_real_exports_is_mistaken_for_one()
    {
        WxrSamples.RequireFolder();
        var (bodies, found) = (0, new List<string>());
        foreach (var row in WxrSamples.Rows.Where(r => r.Fault is null))
        {
            using var stream = row.Open();
            using var reader = new WxrReader(stream);
            foreach (var item in reader.Records().OfType<WxrItem>().Where(i => i.Content.Length > 0))
            {
                bodies++;
                if (CreditLine.TryRead(item.Content, out var credit, out _)) found.Add($"{row.File}:{item.Line}: {credit.Display(CultureInfo.InvariantCulture)}");
            }
        }

        TestContext.Current.SendDiagnosticMessage("{0} bodies, {1} credit lines {2}", bodies, found.Count, string.Join('\n', found));
        Assert.True(bodies > 1000, $"{bodies} bodies");
        Assert.Empty(found);
    }

    [Fact]
    public void Any_text_is_read_without_a_fault_and_what_is_left_is_its_end() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[0, 16], Gen.Int[0, 3000]).Sample(
            (pieces, padding) =>
            {
                var body = string.Concat(pieces.Select(i => Pieces[i])) + new string('x', padding);
                if (!CreditLine.TryRead(body, out var credit, out var rest)) return;
                Assert.StartsWith("The Wire", credit.Outlet, StringComparison.Ordinal);
                Assert.True(rest.Length < body.Length);
            },
            iter: 20_000);

    private static readonly string[] Pieces =
        ["<p>", "</p>", "<em>", "</em>", "<a href=\"https://x.example\">", "</a>", "<a href='", "<br>", "\n", "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->",
            "The Wire", " | ", " – ", "February 20, 2020", "The Wire | February 20, 2020", "&amp;", "&#124;", "<", ">", "<a =", "<a href", "By Ines", ".", " ", "<!--"];
}
