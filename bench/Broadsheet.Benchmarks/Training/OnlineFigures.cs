using System.Globalization;
using System.Text;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Benchmarks.Training;

/// <summary>
/// What learning from decisions brings (the TREC on-line protocol): the WordPress blogs in two halves, each met by a model that has seen nothing of it; every comment is
/// scored, then its label is learned. Counted from the hundred-and-first on.
/// </summary>
internal static class OnlineFigures
{
    private const int Before = 100;
    private const int Orders = 6;

    /// <summary>So that each half has spam of one large blog.</summary>
    private static readonly string[] FirstHalf = ["aff12-approved", "cc-labs-approved", "dk-exp", "duoshuo-zh-approved", "kecebongsoft-approved", "mrwhitehead-approved", "wachang"];

    public static string Table(ModelTrainer trainer, ExampleSet set, string folder, int seed)
    {
        var table = new StringBuilder("| | comments | spam | caught at 1 %, without learning | AUC, learning | caught at 1 % | at 0.1 % |\n|---|---:|---:|---:|---:|---:|---:|\n");
        var measured = SpamSources.Read(folder).Where(c => c.IsMeasured).ToList();
        foreach (var (half, isFirst) in new[] { ("one half", true), ("the other", false) })
        {
            bool IsOfHalf(string source) => Array.IndexOf(FirstHalf, source) >= 0 == isFirst;
            var sources = measured.Select(c => c.Source).Where(IsOfHalf).ToHashSet(StringComparer.Ordinal);
            var model = new TextModel(ModelKind.Spam, trainer.Train([.. set.All.Where(e => !sources.Contains(e.Source))], seed), 0.75f);
            var comments = measured.Where(c => sources.Contains(c.Source)).Select(c => (Features: ScreeningFeatures.Of(c.Text, c.Author, c.AuthorUrl, []), c.IsSpam)).ToArray();
            var runs = Enumerable.Range(0, Orders).Select(order => Run(model, InOrder(comments, order))).ToArray();
            Row(table, $"{half}, in the files' order", [runs[0]]);
            Row(table, $"{half}, mean of {Orders} orders", runs);
        }
        return table.ToString();
    }

    private static (RankingFigures Base, RankingFigures Learning) Run(TextModel model, (ScreeningFeatures Features, bool IsSpam)[] comments)
    {
        var (learned, without, with) = (new LearnedWeights(), new List<(double, bool)>(), new List<(double, bool)>());
        foreach (var (features, isSpam) in comments)
        {
            without.Add((model.Score(features, null), isSpam));
            with.Add((model.Score(features, learned), isSpam));
            learned.Apply(ModelLearner.Learn(model, learned, features, isSpam));
        }
        return (RankingFigures.Of(without.Skip(Before)), RankingFigures.Of(with.Skip(Before)));
    }

    /// <param name="order">0: as it is.</param>
    private static T[] InOrder<T>(T[] all, int order)
    {
        var copy = (T[])all.Clone();
        if (order > 0) new Random(order).Shuffle(copy);
        return copy;
    }

    private static void Row(StringBuilder table, string name, IReadOnlyList<(RankingFigures Base, RankingFigures Learning)> runs) =>
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {runs[0].Base.Count:N0} | {runs[0].Base.Positives:N0} | {runs.Average(r => r.Base.RecallAt1):0.000} | {runs.Average(r => r.Learning.Auc):0.000} | {runs.Average(r => r.Learning.RecallAt1):0.000} | {runs.Average(r => r.Learning.RecallAt01):0.000} |\n");
}
