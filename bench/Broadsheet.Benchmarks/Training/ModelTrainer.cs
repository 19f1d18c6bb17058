using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Benchmarks.Training;

/// <summary>Logistic regression over hashed features by adaptive steps (AdaGrad), one example at a time in a seeded order: the same model from the same data.</summary>
internal sealed class ModelTrainer(int epochs, float rate, float decay, float traitRate)
{
    internal readonly record struct Example(int[] Slots, float[] Values, bool IsSpam, float Weight, string Source);

    public static Example Prepare(LabelledComment comment)
    {
        var list = ScreeningFeatures.Of(comment.Text, comment.Author, comment.AuthorUrl, []).List;
        return new Example([.. list.Select(f => f.Slot)], [.. list.Select(f => f.Value)], comment.IsSpam, comment.Weight, comment.Source);
    }

    public float[] Train(IReadOnlyList<Example> examples, int seed)
    {
        var weights = new float[FeatureSlots.Base];
        var squares = new float[FeatureSlots.Base];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(seed);
        var balance = Balance(examples);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var i in order) Step(examples[i], balance[examples[i].IsSpam ? 1 : 0], weights, squares);
        }
        return weights;
    }

    public static double Score(float[] weights, Example example)
    {
        var sum = 0.0;
        for (var i = 0; i < example.Slots.Length; i++) sum += weights[example.Slots[i]] * example.Values[i];
        return sum;
    }

    private static float[] Balance(IReadOnlyList<Example> examples)
    {
        var (ham, spam) = (examples.Where(e => !e.IsSpam).Sum(e => e.Weight), examples.Where(e => e.IsSpam).Sum(e => e.Weight));
        return [(ham + spam) / (2 * ham), (ham + spam) / (2 * spam)];
    }

    private void Step(Example example, float balance, float[] weights, float[] squares)
    {
        var error = (float)((example.IsSpam ? 1 : 0) - (1 / (1 + Math.Exp(-Score(weights, example)))));
        var push = error * example.Weight * balance;
        for (var i = 0; i < example.Slots.Length; i++)
        {
            var slot = example.Slots[i];
            var gradient = (push * example.Values[i]) - (decay * weights[slot] * Math.Abs(example.Values[i]));
            squares[slot] += gradient * gradient;
            weights[slot] += (slot >= FeatureSlots.Hashed ? traitRate : rate) * gradient / MathF.Sqrt(squares[slot] + 1e-4f);
        }
    }
}
