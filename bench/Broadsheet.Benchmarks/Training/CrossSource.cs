using System.Globalization;
using System.Text;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Benchmarks.Training;

/// <summary>What a publication that training has not seen would meet: each source is scored by a model trained on all others, and the scores are taken together.</summary>
internal static class CrossSource
{
    /// <param name="Threshold">The score, 0 to 1, that a hundredth of the wanted comments reach.</param>
    internal sealed record Result(IReadOnlyList<(string Source, RankingFigures Figures)> Sources, RankingFigures Pooled, double Threshold);

    public static Result Measure(ModelTrainer trainer, ExampleSet set, int seed)
    {
        var all = new List<(double Score, bool IsSpam)>();
        var sources = new List<(string, RankingFigures)>();
        foreach (var source in set.Measured.GroupBy(e => e.Source, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var weights = trainer.Train([.. set.All.Where(e => e.Source != source.Key)], seed);
            var scores = source.Select(e => (ModelTrainer.Score(weights, e), e.IsSpam)).ToArray();
            sources.Add((source.Key, RankingFigures.Of(scores)));
            all.AddRange(scores);
        }
        var wanted = all.Where(s => !s.IsSpam).Select(s => s.Score).OrderDescending().ToArray();
        return new Result(sources, RankingFigures.Of(all), 1 / (1 + Math.Exp(-wanted[wanted.Length / 100])));
    }

    public static string Table(Result result)
    {
        var table = new StringBuilder("| source, left out of training | comments | of the class | AUC | caught at 1 % false positives | at 0.1 % |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (var (source, figures) in result.Sources) Row(table, source, figures);
        Row(table, "**all together**", result.Pooled);
        return table.ToString();
    }

    private static void Row(StringBuilder table, string name, RankingFigures figures) =>
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {figures.Count:N0} | {figures.Positives:N0} | {Figure(figures.Auc)} | {Figure(figures.RecallAt1)} | {Figure(figures.RecallAt01)} |\n");

    private static string Figure(double? figure) => figure?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
