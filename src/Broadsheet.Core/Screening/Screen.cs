using Broadsheet.Core.Discussion;

namespace Broadsheet.Core.Screening;

/// <summary>One look at a comment before it is stored. Each check is one file; the order and its reasons stand in <c>Features/Moderation/CheckOrder.cs</c>.</summary>
public interface ICommentCheck
{
    /// <summary>Lower case, words joined by hyphens; kept with the comment and in the statistics.</summary>
    string Name { get; }

    ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct);
}

/// <summary>A comment as it came, with what the form and the connection tell of it.</summary>
/// <param name="HoneypotFilled">A field that people do not see was filled in.</param>
/// <param name="TypingTime">From first focus to sending, as our script measured it; null without script.</param>
/// <param name="HasToken">It carries the token of a form that was rendered here.</param>
/// <param name="IsModerator">Its writer may decide on comments here.</param>
public sealed record CommentSubmission(CommentDraft Draft, CommentOrigin Origin, string Text, int Links, bool HoneypotFilled, TimeSpan? TypingTime, bool IsModerator, bool HasToken);

/// <summary>What the database knows, loaded once before the checks so that they stay pure.</summary>
/// <param name="ShownBefore">Comments of this person, or of this name with this address, that readers see.</param>
public sealed record ScreeningFacts(int ShownBefore, ScreeningRules Rules);

/// <summary>The publication's rules on comments (WordPress's discussion settings).</summary>
/// <param name="HoldLinks">A comment with at least so many links is held; 0 turns that off (WordPress: <c>comment_max_links</c>).</param>
/// <param name="HoldWords">Folded words; any of them anywhere holds a comment (WordPress: <c>moderation_keys</c>).</param>
/// <param name="RefuseWords">Folded words; any of them puts a comment in the trash (WordPress: <c>disallowed_keys</c>).</param>
public sealed record ScreeningRules(bool HoldAll, bool HoldFirst, int HoldLinks, IReadOnlyList<string> HoldWords, IReadOnlyList<string> RefuseWords);

public enum Leaning
{
    None = 0,
    Hold = 1,
    Spam = 2,
    Trash = 3,
}

/// <summary>What one check thinks, and why, in words for a moderator.</summary>
public sealed record Opinion(Leaning Leaning, string Reason)
{
    public static Opinion None { get; } = new(Leaning.None, "");

    public static Opinion Hold(string reason) => new(Leaning.Hold, reason);

    public static Opinion Spam(string reason) => new(Leaning.Spam, reason);

    public static Opinion Trash(string reason) => new(Leaning.Trash, reason);
}

/// <summary>The checks' opinions taken together.</summary>
public sealed record Verdict(Standing Standing, IReadOnlyList<CheckResult> Results);

public sealed record CheckResult(string Check, Leaning Leaning, string Reason);

/// <summary>Runs the checks in the given order. The sternest opinion decides; a check that fails or is slow has none.</summary>
public sealed class Screen(IReadOnlyList<ICommentCheck> checks, Action<ICommentCheck, Exception> onFailure)
{
    /// <summary>What one check may take before it is taken to have no opinion.</summary>
    public static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(5);

    public async Task<Verdict> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        if (submission.IsModerator) return new Verdict(Standing.Shown, []);
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            var opinion = await OpinionOfAsync(check, submission, facts, ct);
            if (opinion.Leaning != Leaning.None) results.Add(new CheckResult(check.Name, opinion.Leaning, opinion.Reason));
        }
        var sternest = results.Count == 0 ? Leaning.None : results.Max(r => r.Leaning);
        return new Verdict(sternest switch { Leaning.None => Standing.Shown, Leaning.Hold => Standing.Held, Leaning.Spam => Standing.Spam, _ => Standing.Trashed }, results);
    }

    private async ValueTask<Opinion> OpinionOfAsync(ICommentCheck check, CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        try
        {
            var judging = check.JudgeAsync(submission, facts, ct);
            return judging.IsCompletedSuccessfully ? await judging : await judging.AsTask().WaitAsync(CheckLimit, ct);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            onFailure(check, problem);
            return Opinion.None;
        }
    }
}
