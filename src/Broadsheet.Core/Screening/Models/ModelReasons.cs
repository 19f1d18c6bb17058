namespace Broadsheet.Core.Screening.Models;

/// <summary>One reason for a score, in words for a moderator.</summary>
/// <param name="Weight">How much it moved the score, in log-odds: above 0 towards spam (or toxic), below 0 away from it.</param>
public sealed record ModelReason(string Words, double Weight);

/// <summary>Why a model scored a comment so: its own words and traits again, with what each of them weighed.</summary>
public static class ModelReasons
{
    /// <summary>The strongest are given.</summary>
    public const int Most = 10;

    // Less than this is no reason that anyone could follow.
    private const double Least = 0.05;
    private const int LongestRun = 4;

    /// <summary>The strongest first, whichever way they point.</summary>
    public static IReadOnlyList<ModelReason> Of(TextModel model, LearnedWeights? learned, ScreeningFeatures features)
    {
        var parts = features.Parts;
        var ofWords = new double[parts.Text.Words.Count];
        var others = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var feature in features.List)
        {
            var weight = feature.Value * model.WeightOf(feature.Slot, learned);
            if (feature.Kind == FeatureKind.Text) Spread(parts.Text, feature, weight, ofWords);
            else if (Other(feature, parts) is { } words) others[words] = others.GetValueOrDefault(words) + weight;
        }
        return [.. Runs(parts.Text, ofWords).Concat(others.Select(o => new ModelReason(o.Key, o.Value))).Where(r => Math.Abs(r.Weight) >= Least).OrderByDescending(r => Math.Abs(r.Weight)).Take(Most)];
    }

    private static string? Other(Feature feature, CommentParts parts) => feature.Kind switch
    {
        FeatureKind.Name => $"the name ‘{parts.WrittenName}’",
        FeatureKind.Link when parts.Links.Count > 0 => $"the link {parts.Links[0].Host}",
        FeatureKind.Link => $"the words of the name ‘{parts.WrittenName}’",
        FeatureKind.Shape => "how name, link and text go together",
        FeatureKind.Metadata => "what this publication has learned of such submissions",
        FeatureKind.Trait => TraitWords.Of((Trait)(feature.Slot - FeatureSlots.Hashed), parts),
        _ => null,
    };

    /// <summary>An n-gram speaks for each word that it touches, in equal shares.</summary>
    private static void Spread(PartWords text, Feature feature, double weight, double[] ofWords)
    {
        var first = FirstEndingAfter(text, feature.Start);
        var end = feature.Start + feature.Length;
        var last = first;
        while (last < ofWords.Length && text.Words[last].Start < end) last++;
        for (var i = first; i < last; i++) ofWords[i] += weight / (last - first);
    }

    private static int FirstEndingAfter(PartWords text, int at)
    {
        var (low, high) = (0, text.Words.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (text.Words[middle].End <= at) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>Neighbours that point the same way are one reason: ‘wonderful blog’.</summary>
    private static IEnumerable<ModelReason> Runs(PartWords text, double[] ofWords)
    {
        for (var from = 0; from < ofWords.Length;)
        {
            var to = from + 1;
            var sum = ofWords[from];
            for (; to < ofWords.Length && to - from < LongestRun && Math.Abs(ofWords[to]) > Least / 4 && Math.Sign(ofWords[to]) == Math.Sign(ofWords[from]); to++) sum += ofWords[to];
            yield return new ModelReason($"the word{(to - from > 1 ? "s" : "")} ‘{text.Folded[text.Words[from].Start..text.Words[to - 1].End]}’", sum);
            from = to;
        }
    }
}
