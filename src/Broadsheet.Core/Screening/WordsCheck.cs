using Broadsheet.Core.Screening.Words;

namespace Broadsheet.Core.Screening;

/// <summary>
/// The publication's two word lists, looked for without regard to case, disguise or look-alike letters in name, address, link, text, network address and agent
/// (WordPress: <c>moderation_keys</c> holds, <c>disallowed_keys</c> puts in the trash).
/// </summary>
public sealed class WordsCheck : ICommentCheck
{
    /// <summary>So many entries are named in a reason.</summary>
    private const int MostNamed = 5;

    public string Name => "words";

    public string Title => "Words that are refused or held";

    public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct)
    {
        if (facts.Rules.RefuseWords.Count == 0 && facts.Rules.HoldWords.Count == 0) return ValueTask.FromResult(Opinion.None);
        var all = AllOf(submission);
        if (Found(all, facts.Rules.RefuseWords) is { } refused) return ValueTask.FromResult(Opinion.Trash($"It has {refused} on the list of refused words."));
        if (Found(all, facts.Rules.HoldWords) is { } held) return ValueTask.FromResult(Opinion.Hold($"It has {held} on the list of words to look at."));
        return ValueTask.FromResult(Opinion.None);
    }

    /// <summary>Where entries of a list stand in a text, for marking them.</summary>
    public static IReadOnlyList<FoundWord> Find(string text, IReadOnlyList<string> words) => words.Count == 0 ? [] : WordMatchers.Of(words).Find(text);

    /// <summary>All that a comment's sender wrote or showed.</summary>
    internal static string AllOf(CommentSubmission submission)
    {
        var (draft, origin) = (submission.Draft, submission.Origin);
        return string.Join('\n', draft.AuthorName, draft.AuthorEmail, draft.AuthorUrl, draft.Body, submission.Text, origin.Ip, origin.UserAgent);
    }

    /// <summary>As in <c>“casino”, which is</c>.</summary>
    /// <returns>Null for nothing.</returns>
    internal static string? Found(string text, IReadOnlyList<string> words)
    {
        var entries = Find(text, words).Select(f => f.Entry).Distinct(StringComparer.Ordinal).ToArray();
        if (entries.Length == 0) return null;
        var named = string.Join(", ", entries.Take(MostNamed).Select(e => $"“{e}”"));
        return entries.Length == 1 ? $"{named}, which is" : $"{named}{(entries.Length > MostNamed ? $" and {entries.Length - MostNamed} more" : "")}, which are";
    }
}
