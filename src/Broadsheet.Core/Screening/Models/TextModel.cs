namespace Broadsheet.Core.Screening.Models;

/// <summary>A trained model: a weight for each slot. It never changes; what a publication teaches lies beside it in <see cref="LearnedWeights"/>.</summary>
/// <param name="weights"><see cref="FeatureSlots.Base"/> of them.</param>
public sealed class TextModel
{
    private readonly float[] _weights;

    internal TextModel(float[] weights)
    {
        if (weights.Length != FeatureSlots.Base) throw new ArgumentException($"A model has {FeatureSlots.Base} weights.", nameof(weights));
        _weights = weights;
    }

    internal ReadOnlySpan<float> Weights => _weights;

    /// <param name="learned">The publication's own weights; null before it has any.</param>
    /// <returns>From 0 (wanted) to 1 (spam, or toxic), as probable as it looks to the model: about calibrated on what it was trained on.</returns>
    public double Score(ScreeningFeatures features, LearnedWeights? learned)
    {
        var sum = 0.0;
        foreach (var feature in features.List) sum += feature.Value * (WeightOf(feature.Slot) + (learned?.At(feature.Slot) ?? 0));
        return 1 / (1 + Math.Exp(-sum));
    }

    internal double WeightOf(int slot) => slot < _weights.Length ? _weights[slot] : 0;
}
