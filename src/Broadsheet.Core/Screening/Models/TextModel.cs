namespace Broadsheet.Core.Screening.Models;

/// <summary>What a model tells apart. The numbers are stored in model files.</summary>
public enum ModelKind
{
    Spam = 1,
    Toxicity = 2,
}

/// <summary>A trained model: a weight for each slot. It never changes; what a publication teaches lies beside it in <see cref="LearnedWeights"/>. Made by training, read by <see cref="ModelFile"/>.</summary>
public sealed class TextModel
{
    private readonly float[] _weights;

    internal TextModel(ModelKind kind, float[] weights, float threshold)
    {
        if (weights.Length != FeatureSlots.Base) throw new ArgumentException($"A model has {FeatureSlots.Base} weights.", nameof(weights));
        (Kind, _weights, Threshold) = (kind, weights, threshold);
    }

    public ModelKind Kind { get; }

    /// <summary>The score from which a comment is taken to be spam (or toxic): about 1 % of wanted comments reached it in sources that training had not seen.</summary>
    public double Threshold { get; }

    internal ReadOnlySpan<float> Weights => _weights;

    /// <param name="learned">The publication's own weights; null before it has any.</param>
    /// <returns>From 0 (wanted) to 1 (spam, or toxic).</returns>
    public double Score(ScreeningFeatures features, LearnedWeights? learned)
    {
        var sum = 0.0;
        foreach (var feature in features.List) sum += feature.Value * WeightOf(feature.Slot, learned);
        return 1 / (1 + Math.Exp(-sum));
    }

    internal double WeightOf(int slot, LearnedWeights? learned) => (slot < _weights.Length ? _weights[slot] : 0) + (learned?.At(slot) ?? 0);
}
