using Broadsheet.Core.Curation;

namespace Broadsheet.Core.Tests.Curation;

public sealed class StoryPrintTests
{
    private const string Ferry = "The island ferry will run again from Monday after engineers replaced a cracked shaft that had kept the vessel in dock for eleven days, its operator said on Thursday. "
        + "Passengers who had booked crossings for the weekend will be carried by bus around the bay, and tickets stay valid until the end of the month, the company added in a statement.";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("Ferry back on Monday", "HARBOUR CITY — The island ferry will run again from Monday after engineers replaced a cracked shaft that had kept the vessel in dock for eleven days, its operator said. Passengers who had booked crossings for the weekend will be carried by bus.")]
    [InlineData("Repaired: island boat returns", "The island ferry will run again from Monday after engineers replaced a cracked shaft that had kept the vessel in dock for eleven days, its operator said on Thursday. Passengers who had booked weekend crossings go by bus.")]
    [InlineData("Island ferry to run again from Monday", "The company gave no date for the second vessel.")]
    public void The_same_story_lightly_edited_is_one(string headline, string text) =>
        Assert.True(Print("Island ferry to run again from Monday", Ferry).IsSameStory(Print(headline, text), Hour));

    [Theory]
    [InlineData("Island ferry strike enters second week", "Crews of the island ferry voted on Thursday to go on with their strike for another week after talks with the operator broke down, their union said. Some passengers have been carried by bus around the bay since the walkout began, and no crossings are planned for the weekend.")]
    [InlineData("New ferry ordered", "The island council has ordered a second ferry from a yard on the mainland, to be delivered in two years' time, its chair said on Thursday after a vote that went on until the early morning. The vessel will carry two hundred passengers and forty cars.")]
    [InlineData("Ferry", "The ferry runs.")]
    public void Different_stories_of_one_beat_are_not(string headline, string text) =>
        Assert.False(Print("Island ferry to run again from Monday", Ferry).IsSameStory(Print(headline, text), Hour));

    [Fact]
    public void The_same_words_three_days_later_are_another_day_s_story()
    {
        var print = Print("Tides and winds for the coming day", Ferry);
        Assert.True(print.IsSameStory(print, StoryPrint.Together));
        Assert.False(print.IsSameStory(print, StoryPrint.Together + Hour));
    }

    [Fact]
    public void A_short_headline_alone_groups_nothing() => Assert.False(Print("In brief", null).IsSameStory(Print("In brief", null), Hour));

    [Fact]
    public void An_excerpt_and_the_whole_text_are_one() =>
        Assert.True(Print("One", Ferry[..220]).IsSameStory(Print("Another", Ferry + Ferry), -Hour));

    private static StoryPrint Print(string headline, string? text) => StoryPrint.Of(headline, text);
}
