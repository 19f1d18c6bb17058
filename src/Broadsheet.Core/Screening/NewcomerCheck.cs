using System.Globalization;

namespace Broadsheet.Core.Screening;

/// <summary>Limits for newcomers alone (Discourse: trust level 0): fewer links than others may give, and so many comments an hour. What is beyond waits. Both limits are off until the publication sets them.</summary>
public sealed class NewcomerCheck : ICommentCheck
{
    public string Name => "newcomers";

    public string Title => "Newcomers with links, or with many comments within an hour";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        var rules = facts.Rules;
        if (submission.IsStaff || !facts.IsNewcomer) return ValueTask.FromResult(Opinion.None);
        return ValueTask.FromResult(
            rules.NewcomerLinks > 0 && submission.Links >= rules.NewcomerLinks ? Hold($"It has {submission.Links} {(submission.Links == 1 ? "link" : "links")} and is of somebody new here; {rules.NewcomerLinks} or more are held.")
            : rules.NewcomerHourly > 0 && facts.WithinHour > rules.NewcomerHourly ? Hold($"Somebody new here sent {facts.WithinHour} comments within an hour; more than {rules.NewcomerHourly} wait.")
            : Opinion.None);
    }

    private static Opinion Hold(FormattableString reason) => Opinion.Hold(reason.ToString(CultureInfo.InvariantCulture));
}
