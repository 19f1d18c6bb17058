namespace Broadsheet.Core.Screening.Models;

/// <summary>How well scores tell two classes apart.</summary>
/// <param name="Auc">Area under the ROC curve: how probably one of the class scores higher than one that is not; ties count half. Null with one class only.</param>
/// <param name="RecallAt1">How much of the class is caught where at most 1 % of the others are; null without any of the class or without others.</param>
/// <param name="RecallAt01">The same at 0.1 %.</param>
public sealed record RankingFigures(int Count, int Positives, double? Auc, double? RecallAt1, double? RecallAt01)
{
    /// <summary>Percentage of the area above the curve (TREC: (1−ROCA) %).</summary>
    public double? OneMinusRocaPercent => Auc is { } auc ? (1 - auc) * 100 : null;

    public static RankingFigures Of(IEnumerable<(double Score, bool IsPositive)> scored)
    {
        var ordered = scored.OrderByDescending(static s => s.Score).ToArray();
        var positives = ordered.Count(static s => s.IsPositive);
        var negatives = ordered.Length - positives;
        if (positives == 0 || negatives == 0) return new RankingFigures(ordered.Length, positives, null, null, null);
        double above = 0, at1 = 0, at01 = 0;
        int caught = 0, wrong = 0;
        for (var i = 0; i < ordered.Length;)
        {
            int tiedPositive = 0, tiedNegative = 0;
            for (var score = ordered[i].Score; i < ordered.Length && ordered[i].Score == score; i++) _ = ordered[i].IsPositive ? tiedPositive++ : tiedNegative++;
            above += tiedNegative * (caught + (tiedPositive / 2.0));
            caught += tiedPositive;
            wrong += tiedNegative;
            if (wrong <= negatives * 0.01) at1 = (double)caught / positives;
            if (wrong <= negatives * 0.001) at01 = (double)caught / positives;
        }
        return new RankingFigures(ordered.Length, positives, above / ((double)positives * negatives), at1, at01);
    }
}
