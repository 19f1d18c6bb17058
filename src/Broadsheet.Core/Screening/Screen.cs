using System.Diagnostics;
using Broadsheet.Core.Discussion;

namespace Broadsheet.Core.Screening;

/// <summary>One look at a comment before it is stored. Each check is one file; the order and its reasons stand in <c>Features/Moderation/CheckOrder.cs</c>.</summary>
public interface ICommentCheck
{
    /// <summary>Lower case, words joined by hyphens; kept with the comment and in the statistics.</summary>
    string Name { get; }

    /// <summary>What it looks at, in a few words for whoever sets the rules.</summary>
    string Title => Name;

    /// <summary>Where the publication has not said.</summary>
    CheckMode StartsIn => CheckMode.Act;

    /// <summary>Asked only while nothing sterner was said by those that count.</summary>
    Leaning AskedUpTo => Leaning.Trash;

    /// <summary>It tells another server of the comment.</summary>
    bool LeavesServer => false;

    ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct);
}

/// <summary>Runs the checks in the given order. The sternest opinion of those that act decides; a check that fails or is slow has none.</summary>
public sealed class Screen(IReadOnlyList<ICommentCheck> checks, Action<ICommentCheck, Exception> onFailure)
{
    /// <summary>What one check may take before it is taken to have no opinion.</summary>
    public static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(5);

    public IReadOnlyList<ICommentCheck> Checks => checks;

    /// <param name="which">Those to ask; null for all.</param>
    public async Task<Verdict> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct, Func<ICommentCheck, bool>? which = null)
    {
        if (submission.IsModerator) return new Verdict(Standing.Shown, []);
        var (results, sternest) = (new List<CheckResult>(), Leaning.None);
        foreach (var check in checks)
        {
            var mode = facts.Rules.ModeOf(check);
            if (mode == CheckMode.Off || sternest > check.AskedUpTo || which?.Invoke(check) == false) continue;
            var started = Stopwatch.GetTimestamp();
            var opinion = await OpinionOfAsync(check, submission, facts, ct);
            if (opinion.Reason.Length == 0) continue;
            results.Add(new CheckResult(check.Name, opinion.Leaning, opinion.Reason, mode, (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds) { Comments = opinion.Comments, Note = opinion.Note, AskAgain = opinion.AskAgain });
            if (mode == CheckMode.Act && opinion.Leaning > sternest) sternest = opinion.Leaning;
        }
        return new Verdict(StandingOf(sternest), results);
    }

    public static Standing StandingOf(Leaning leaning) => leaning switch { Leaning.None => Standing.Shown, Leaning.Hold => Standing.Held, Leaning.Spam => Standing.Spam, _ => Standing.Trashed };

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
