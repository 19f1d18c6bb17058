namespace Broadsheet.Core.Screening;

/// <summary>
/// The same words, or nearly, came before, whoever sent them: copied texts, and campaigns. Like one that was rejected, it is spam; else it waits.
/// Of few words only the very same count, and those of others only where they carry a link: many people write “thank you very much”.
/// </summary>
public sealed class RepeatsCheck : ICommentCheck
{
    public string Name => "repeats";

    public string Title => "The same words again, or nearly";

    public CheckMode StartsIn => CheckMode.Advise;

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        if (facts.Copies.Count == 0 || submission.IsStaff) return ValueTask.FromResult(Opinion.None);
        var isShort = TextPrint.Of(submission.Text) is { IsShort: true };
        var copies = isShort && submission.Links == 0 ? [.. facts.Copies.Where(c => c.IsOwn)] : facts.Copies;
        if (copies.Count == 0) return ValueTask.FromResult(Opinion.None);
        var (count, others, rejected) = (copies.Count, copies.Count(c => !c.IsOwn), copies.Count(c => c.IsRejected));
        var times = count == EarlierCopy.Most ? $"{count} times or more" : count == 1 ? "once" : $"{count} times";
        var by = others == 0 ? "always by this writer" : others == count ? "by others" : $"{others} by others";
        var reason = $"The same {(isShort ? "few words" : "words, or nearly,")} came {times} in the last {WriterHistory.Recent.Days} days ({by}{(rejected > 0 ? $"; {rejected} rejected" : "")}).";
        return ValueTask.FromResult((rejected > 0 ? Opinion.Spam(reason) : Opinion.Hold(reason)) with { Comments = [.. copies.Take(5).Select(c => c.CommentId)] });
    }
}
