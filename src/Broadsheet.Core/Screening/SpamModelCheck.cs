using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Screening;

/// <summary>What the spam model thinks of text, name and link, and of what this publication has learned of network, address and browser; with its strongest reasons.</summary>
/// <param name="learned">The publication's own weights; gives null before it has any.</param>
public sealed class SpamModelCheck(TextModel model, Func<LearnedWeights?> learned) : ICommentCheck
{
    public string Name => "spam-model";

    public string Title => "The spam model of this server";

    public CheckMode StartsIn => CheckMode.Advise;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var features = LiveFeatures.OfSpam(submission.Draft.Body, submission.Draft.AuthorName, submission.Draft.AuthorUrl, submission.Draft.AuthorEmail, submission.Origin.Ip, submission.Origin.UserAgent);
        return ValueTask.FromResult(ModelOpinion.Of(model, learned(), features, facts.Rules.HoldSpamFrom, facts.Rules.SpamFrom, "spam"));
    }
}
