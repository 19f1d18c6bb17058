using Broadsheet.Core.Screening.Models;
using CsCheck;
using static Broadsheet.Core.Tests.Screening.Models.BaseModel;

namespace Broadsheet.Core.Tests.Screening.Models;

public sealed class ScreeningFeaturesTests
{
    [Fact]
    public void A_missing_name_or_link_says_nothing()
    {
        var (whole, bare) = (Features("The ferry was late", "Anna", "https://anna.example/"), Features("The ferry was late"));

        Assert.DoesNotContain(bare.List, f => f.Kind is FeatureKind.Name or FeatureKind.Link or FeatureKind.Shape);
        Assert.Subset(whole.List.ToHashSet(), bare.List.ToHashSet());
    }

    [Fact]
    public void Markup_does_not_tell_which_program_a_comment_was_written_in() =>
        Assert.Equal(
            Features("Anna & Ben were right:\nsee http://ferry.example/times for it").List,
            Features("<p>Anna &amp; Ben were right:<br />see <a href=\"http://ferry.example/times\" rel=\"nofollow\">http://ferry.example/times</a> for it</p>").List);

    [Theory]
    [InlineData("Wonderful blog! I will bookmark it and come back.", "cheap car insurance", "http://cheap-car-insurance.example.info/quotes")]
    [InlineData("PLAY ONLINE CASINO with free bonus http://casino.example/", "casino bonus", "http://casino.example/bonus")]
    [InlineData("Your way of explaining everything in this article is really nice, all can easily understand it.", "best replica watches", "http://replica.example/watches.html")]
    public void Spam_scores_high(string text, string author, string url) => Assert.InRange(Spam.Score(Features(text, author, url), null), Spam.Threshold, 1);

    [Theory]
    [InlineData("The 7:40 ferry no longer stops at Brno since March. Does the bus wait for it, Ben?", "Anna Berg", "https://annaberg.wordpress.com/")]
    [InlineData("I tried the patch on Debian 12 and the parser still fails with error 42 on the second file.", "Jon", "")]
    [InlineData("Das Brot ist mir gestern im Ofen verbrannt, 250 Grad waren zu viel.", "Greta", "")]
    public void Readers_score_low(string text, string author, string url) => Assert.InRange(Spam.Score(Features(text, author, url), null), 0, 0.3);

    [Fact]
    public void Nothing_that_is_written_breaks_it() =>
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((text, author, url) => Assert.InRange(Spam.Score(Features(text, author, url), null), 0, 1), iter: 3_000);

    [Theory]
    [InlineData('a')]
    [InlineData('<')]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('界')]
    [InlineData('\uD800')]
    public void A_long_comment_costs_no_more_than_its_beginning_and_end(char c) =>
        Assert.InRange(Features(new string(c, 65_525), new string(c, 300), $"http://{new string(c, 2_000)}").List.Count, 1, 7_000);

    [Fact]
    public void Group_names_are_no_insult_and_insults_are()
    {
        foreach (var sentence in (string[])["I am a gay man and I teach maths.", "My neighbour is Muslim and grows roses.", "The rabbi and the imam opened the fair together.", "She is a black woman from Leeds and writes about boats."])
            Assert.InRange(Toxicity.Score(Features(sentence), null), 0, 0.5);
        Assert.InRange(Toxicity.Score(Features("You stupid idiot, shut up, everyone hates you"), null), 0.8, 1);
    }
}
