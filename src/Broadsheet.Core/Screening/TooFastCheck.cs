namespace Broadsheet.Core.Screening;

/// <summary>Faster than anyone types. Only our script measures it (from first focus), so without script there is no opinion.</summary>
public sealed class TooFastCheck : ICommentCheck
{
    /// <summary>From first focus to sending.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    public string Name => "too-fast";

    public string Title => "Faster than anyone types";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(submission.TypingTime is { } time && time < Least ? Opinion.Hold($"It was sent {time.TotalSeconds:0.0} s after the form was first touched.") : Opinion.None);
}
