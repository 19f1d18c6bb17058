namespace Broadsheet.Core.Screening.Models;

/// <summary>How one decision changes a publication's weights: a step of logistic regression, large where the model was wrong, none where it was sure and right.</summary>
public static class ModelLearner
{
    /// <summary>Tried from 3 to 15: less learns too slowly, more lets the scores of unlike comments wander.</summary>
    private const double Rate = 6;

    /// <summary>Nearer to the label than this there is nothing to learn.</summary>
    private const double Enough = 0.01;

    /// <summary>The step that a decision makes; nothing is changed until it is applied.</summary>
    public static LearningStep Learn(TextModel model, LearnedWeights learned, ScreeningFeatures features, bool isSpam)
    {
        var score = model.Score(features, learned);
        var error = (isSpam ? 1 : 0) - score;
        if (Math.Abs(error) < Enough) return LearningStep.Nothing;
        var changes = new Dictionary<int, double>(features.List.Count);
        foreach (var feature in features.List) changes[feature.Slot] = changes.GetValueOrDefault(feature.Slot) + (Rate * error * feature.Value * ShareOf(feature.Kind));
        return new LearningStep([.. changes.Select(c => KeyValuePair.Create(c.Key, (int)Math.Round(c.Value / LearnedWeights.Unit))).Where(c => c.Value != 0)]);
    }

    // Traits are in every comment: what one comment teaches of them moves all others.
    private static double ShareOf(FeatureKind kind) => kind == FeatureKind.Trait ? 0.1 : kind == FeatureKind.Shape ? 0.2 : 1;
}
