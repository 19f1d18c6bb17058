using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Tests.Screening.Models;

public sealed class RankingFiguresTests
{
    [Fact]
    public void Area_and_recall_are_those_of_the_books()
    {
        var figures = RankingFigures.Of([(0.9, true), (0.8, false), (0.7, true), (0.7, false), (0.1, false)]);

        // Pairs: 3 won by 0.9; of 0.7: one lost, one tied, one won.
        Assert.Equal((5, 2), (figures.Count, figures.Positives));
        Assert.Equal(4.5 / 6, figures.Auc!.Value, 12);
        Assert.Equal(0.5, figures.RecallAt1);
        Assert.Equal(25, figures.OneMinusRocaPercent!.Value, 12);
    }

    [Fact]
    public void One_class_alone_has_no_figures() => Assert.Equal((null, null), (RankingFigures.Of([(0.5, true)]).Auc, RankingFigures.Of([(0.5, false)]).RecallAt1));

    [Fact]
    public void One_false_positive_in_a_hundred_is_allowed()
    {
        var scored = Enumerable.Range(0, 100).Select(i => (i == 0 ? 0.9 : 0.1, false)).Append((0.5, true)).ToArray();

        Assert.Equal((1.0, 0.0), (RankingFigures.Of(scored).RecallAt1, RankingFigures.Of(scored).RecallAt01));
    }
}
