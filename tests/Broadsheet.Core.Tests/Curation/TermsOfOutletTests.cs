using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Tests.Curation;

public sealed class TermsOfOutletTests
{
    private const string Original = "The island ferry will run again from Monday after engineers replaced a cracked shaft that had kept the vessel in dock for eleven days, its operator said.";
    private const string Own = "Our harbour correspondent writes that the boat, long missed by everybody who lives on the island, is nearly mended.";

    [Theory]
    [InlineData(RepublishingTerms.FullText, null)]
    [InlineData(RepublishingTerms.Excerpt, 20)]
    [InlineData(RepublishingTerms.LinkOnly, 0)]
    [InlineData(RepublishingTerms.Unknown, 0)]
    [InlineData(RepublishingTerms.Never, 0)]
    public void Say_how_much_a_draft_may_hold(RepublishingTerms kind, int? expected) => Assert.Equal(expected, Terms(kind, 20).MayHold);

    [Theory]
    [InlineData(RepublishingTerms.FullText, Original, null)]
    [InlineData(RepublishingTerms.Unknown, Original, null)]
    [InlineData(RepublishingTerms.Excerpt, Own, null)]
    [InlineData(RepublishingTerms.Excerpt, "“The island ferry will run again from Monday after engineers replaced a cracked shaft”, they say.", null)]
    [InlineData(RepublishingTerms.Excerpt, Original, "This outlet allows an excerpt of 20 words, and the text holds 27 of its words.")]
    [InlineData(RepublishingTerms.LinkOnly, Own, null)]
    [InlineData(RepublishingTerms.LinkOnly, Original, "This outlet allows a link only, and the text holds 27 of its words.")]
    [InlineData(RepublishingTerms.Never, "", "This outlet does not let others republish its stories.")]
    public void What_stands_in_the_original_counts(RepublishingTerms kind, string body, string? expected) => Assert.Equal(expected, Terms(kind, 20).Breach(body, Original));

    [Fact]
    public void Without_the_original_every_word_counts()
    {
        Assert.Null(Terms(RepublishingTerms.LinkOnly).Breach(Own, null));
        Assert.Equal("This outlet allows a link only, with an introduction of at most 60 words; the text holds 76.", Terms(RepublishingTerms.LinkOnly).Breach(string.Join(' ', Own, Own, Own, Own), null));
        Assert.Equal("This outlet allows an excerpt of 20 words, and the text holds 27 words.", Terms(RepublishingTerms.Excerpt, 20).Breach(Original, null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2001)]
    public void An_excerpt_has_a_length(int words) => Assert.Equal("words", TermsOfOutlet.Create(RepublishingTerms.Excerpt, words).Problem?.Field);

    [Fact]
    public void The_usual_excerpt_has_sixty_words() => Assert.Equal(60, TermsOfOutlet.Create(RepublishingTerms.Excerpt).Value.Words);

    [Theory]
    [InlineData("<p>One two <b>three</b> four.</p><p>Five six.</p>", 3, "<p>One two <b>three…</b></p>")]
    [InlineData("<p>One two <b>three</b> four.</p><p>Five six.</p>", 4, "<p>One two <b>three</b> four…</p>")]
    [InlineData("<p>One two.</p><figure><img src=a><figcaption>x</figcaption></figure><ul><li>Three</li><li>Four</li></ul>", 3, "<p>One two.</p><ul><li>Three…</li></ul>")]
    [InlineData("<p>One two.</p>", 9, "<p>One two.</p>")]
    [InlineData("港は再び開いた。", 3, "港は再…")]
    public void The_first_words_keep_their_markup(string html, int words, string expected) => Assert.Equal(expected, FirstWords.Of(html, words));

    private static TermsOfOutlet Terms(RepublishingTerms kind, int? words = null) => TermsOfOutlet.Create(kind, words).Value;
}
