using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Screening;

/// <summary>What the toxicity model thinks of the text. It reads words, not meaning: it holds for a moderator and never decides alone.</summary>
/// <param name="learned">The publication's own weights; gives null before it has any.</param>
/// <param name="rule">How the publication uses the model; <see cref="ModelRule.SpamFrom"/> is not looked at.</param>
public sealed class ToxicityCheck(TextModel model, Func<LearnedWeights?> learned, Func<ModelRule> rule) : ICommentCheck
{
    public string Name => "toxicity-model";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var use = rule();
        if (use.Mode == ModelMode.Off) return ValueTask.FromResult(Opinion.None);
        return ValueTask.FromResult(ModelOpinion.Of(model, learned(), ScreeningFeatures.Of(submission.Draft.Body, "", "", []), use with { SpamFrom = double.PositiveInfinity }, "an insult or a threat"));
    }
}
