using System.Globalization;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Screening;

/// <summary>A model's score as an opinion.</summary>
internal static class ModelOpinion
{
    private const int MostReasons = 10;

    /// <param name="holdFrom">From so many of 100 a comment waits; 0 for never.</param>
    /// <param name="spamFrom">From so many of 100 it is spam; 0 for never.</param>
    public static Opinion Of(TextModel model, LearnedWeights? learned, ScreeningFeatures features, int holdFrom, int spamFrom, string what)
    {
        var score = model.Score(features, learned) * 100;
        var leaning = spamFrom > 0 && score >= spamFrom ? Leaning.Spam : holdFrom > 0 && score >= holdFrom ? Leaning.Hold : Leaning.None;
        if (leaning == Leaning.None) return Opinion.None;
        var reasons = string.Join("; ", ModelReasons.Of(model, learned, features).Where(r => r.Weight > 0).Take(MostReasons).Select(r => r.Words));
        return new Opinion(leaning, string.Create(CultureInfo.InvariantCulture, $"It looks like {what} ({score:0} of 100): {reasons}."));
    }
}
