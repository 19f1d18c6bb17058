using Broadsheet.Core.Discussion;
using Broadsheet.Web.Features.Moderation;

namespace Broadsheet.Web.Tests.Features.Moderation;

public sealed class LoadFiguresTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Waiting_overturning_and_checks_are_counted_from_decisions()
    {
        // Comment 1: held, approved by 7 after ten minutes, made spam by 8. Comment 2: held, trashed by 7 after an hour. Comment 3: the program held it, 8 approved it.
        var figures = LoadFigures.Of(
        [
            Decided(1, 1, 7, Standing.Held, Standing.Shown, 10, "links:hold words:hold"), Decided(2, 1, 8, Standing.Shown, Standing.Spam, 50, "links:hold words:hold"),
            Decided(3, 2, 7, Standing.Held, Standing.Trashed, 60, "words:hold"),
            Decided(4, 3, null, Standing.Shown, Standing.Held, 5, null), Decided(5, 3, 8, Standing.Held, Standing.Shown, 20, "words:hold"),
        ]);

        Assert.Equal((4, 1), (figures.Decided, figures.Overturned));
        Assert.Equal(TimeSpan.FromMinutes(60), figures.Median);
        Assert.Equal([new LoadFigures.OfPerson(7, 2, 1), new(8, 2, 0)], figures.People);
        Assert.Equal([new LoadFigures.OfCheck("words", false, 3, 2), new("links", false, 1, 1)], figures.Checks);
    }

    [Fact]
    public void What_was_taken_back_counts_as_overturned()
    {
        var figures = LoadFigures.Of([Decided(1, 1, 7, Standing.Held, Standing.Spam, 1, null), Decided(2, 1, 7, Standing.Spam, Standing.Held, 2, null) with { Undoes = 1 }]);

        Assert.Equal((1, 1), (figures.Decided, figures.Overturned));
    }

    [Fact]
    public void Nothing_decided_gives_no_figures() => Assert.Equal((0, null, null), (LoadFigures.Of([]).Decided, LoadFigures.Of([]).Median, LoadFigures.Of([]).Slowest));

    private static DecidedComment Decided(long id, long comment, long? person, Standing from, Standing to, int minutes, string? opinions) => new(id, comment, person, from, to, Start.AddMinutes(minutes), null, opinions, Start);
}
