using System.Text.Json.Serialization;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>What <c>spam evaluate</c> found; its names are those of the JSON.</summary>
/// <param name="After100">Of all that follows the first 100 labels; null where nothing was learned.</param>
/// <param name="MicrosecondsPerComment">To read its features and score it, without learning.</param>
internal sealed record SpamReport(IReadOnlyList<SourceFigures> Sources, SourceFigures Pooled, [property: JsonPropertyName("after_100"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SourceFigures? After100, double MicrosecondsPerComment);

/// <param name="Confusion">At the model's threshold.</param>
/// <param name="Auc">Null where there is one class only, as the rest.</param>
internal sealed record SourceFigures(
    string Name,
    int N,
    int Spam,
    Confusion Confusion,
    double? Auc,
    [property: JsonPropertyName("recall_at_1pct_fpr")] double? RecallAt1,
    [property: JsonPropertyName("recall_at_0_1pct_fpr")] double? RecallAt01,
    [property: JsonPropertyName("one_minus_roca_pct")] double? OneMinusRoca)
{
    /// <summary>Of what was called spam, the share that is; null where nothing was.</summary>
    [JsonIgnore]
    public double? Precision => Confusion.Tp + Confusion.Fp == 0 ? null : (double)Confusion.Tp / (Confusion.Tp + Confusion.Fp);

    /// <summary>Of the spam, the share that was called so; null without any.</summary>
    [JsonIgnore]
    public double? Recall => Spam == 0 ? null : (double)Confusion.Tp / Spam;
}

/// <summary>Spam called spam, wanted called spam, wanted let through, spam let through.</summary>
internal sealed record Confusion(int Tp, int Fp, int Tn, int Fn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SpamReport))]
internal sealed partial class SpamReportJson : JsonSerializerContext;
