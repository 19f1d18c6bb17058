namespace Broadsheet.Core.Screening;

/// <summary>Words after which a moderator reads whatever their writer sends: the comment waits, and where this check acts, so does all that comes later. Looked for as <see cref="WordsCheck"/> does.</summary>
public sealed class SilencingWordsCheck : ICommentCheck
{
    public const string CheckName = "silencing-words";

    public string Name => CheckName;

    public string Title => "Words that silence their writer";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) =>
        ValueTask.FromResult(facts.Rules.SilencingWords.Count > 0 && !submission.IsStaff && WordsCheck.Found(WordsCheck.AllOf(submission), facts.Rules.SilencingWords) is { } found
            ? Opinion.Hold($"It has {found} on the list of words that silence their writer.") : Opinion.None);
}
