using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening;

/// <summary>
/// The publication's two word lists, looked for without regard to case in name, address, link, text, network address and agent
/// (WordPress: <c>moderation_keys</c> holds, <c>disallowed_keys</c> puts in the trash).
/// </summary>
public sealed class WordsCheck : ICommentCheck
{
    public string Name => "words";

    public string Title => "Words of the two lists";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        if (facts.Rules.RefuseWords.Count == 0 && facts.Rules.HoldWords.Count == 0) return ValueTask.FromResult(Opinion.None);
        var (draft, origin) = (submission.Draft, submission.Origin);
        var all = SearchWords.Fold(string.Join('\n', draft.AuthorName, draft.AuthorEmail, draft.AuthorUrl, draft.Body, submission.Text, origin.Ip, origin.UserAgent));
        if (Found(all, facts.Rules.RefuseWords) is { } refused) return ValueTask.FromResult(Opinion.Trash($"It has “{refused}”, which is on the list of refused words."));
        if (Found(all, facts.Rules.HoldWords) is { } held) return ValueTask.FromResult(Opinion.Hold($"It has “{held}”, which is on the list of words to look at."));
        return ValueTask.FromResult(Opinion.None);
    }

    private static string? Found(string text, IReadOnlyList<string> words) => words.FirstOrDefault(w => text.Contains(w, StringComparison.Ordinal));
}
