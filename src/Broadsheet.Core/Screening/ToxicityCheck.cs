using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Screening;

/// <summary>What the toxicity model thinks of the text. It reads words, not meaning: it holds for a moderator and never decides alone.</summary>
/// <param name="learned">The publication's own weights; gives null before it has any.</param>
public sealed class ToxicityCheck(TextModel model, Func<LearnedWeights?> learned) : ICommentCheck
{
    public const string CheckName = "toxicity-model";

    public string Name => CheckName;

    public string Title => "The model of insults and threats of this server";

    public CheckMode StartsIn => CheckMode.Advise;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(ModelOpinion.Of(model, learned(), LiveFeatures.OfToxicity(submission.Draft.Body), facts.Rules.HoldToxicFrom, 0, "an insult or a threat"));
}
