using System.Globalization;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Screening;

/// <summary>What the spam model thinks of text, name and link, with its strongest reasons.</summary>
/// <param name="learned">The publication's own weights; gives null before it has any.</param>
/// <param name="rule">How the publication uses the model, asked for each comment.</param>
public sealed class SpamModelCheck(TextModel model, Func<LearnedWeights?> learned, Func<ModelRule> rule) : ICommentCheck
{
    public string Name => "spam-model";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var (use, draft) = (rule(), submission.Draft);
        if (use.Mode == ModelMode.Off) return ValueTask.FromResult(Opinion.None);
        return ValueTask.FromResult(ModelOpinion.Of(model, learned(), ScreeningFeatures.Of(draft.Body, draft.AuthorName, draft.AuthorUrl, []), use, "spam"));
    }
}

/// <summary>A model's score as an opinion.</summary>
internal static class ModelOpinion
{
    private const int MostReasons = 3;

    public static Opinion Of(TextModel model, LearnedWeights? learned, ScreeningFeatures features, ModelRule rule, string what)
    {
        var score = model.Score(features, learned);
        var leaning = score >= rule.SpamFrom ? Leaning.Spam : score >= rule.HoldFrom ? Leaning.Hold : Leaning.None;
        if (leaning == Leaning.None) return Opinion.None;
        var reasons = string.Join("; ", ModelReasons.Of(model, learned, features).Where(r => r.Weight > 0).Take(MostReasons).Select(r => r.Words));
        return new Opinion(rule.Mode == ModelMode.Act ? leaning : Leaning.None, string.Create(CultureInfo.InvariantCulture, $"It looks like {what} ({score * 100:0} of 100): {reasons}."));
    }
}
