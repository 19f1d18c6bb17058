using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

/// <summary>How opinions count: off, advising, acting; failing; asked only while nothing sterner was said.</summary>
public sealed class ScreenTests
{
    private static readonly CommentSubmission Submission = new(
        CommentDraft.Read(new CommentFields(1, null, "Plain words", "Ann", "ann@example.org", null), true).Value,
        new CommentOrigin(null, "192.0.2.1", "", DateTimeOffset.UnixEpoch, DateTime.UnixEpoch), "Plain words", 0, false, null, false, true);

    [Theory]
    [InlineData(CheckMode.Off, Standing.Shown, 0)]
    [InlineData(CheckMode.Advise, Standing.Shown, 1)]
    [InlineData(CheckMode.Act, Standing.Spam, 1)]
    public async Task A_mode_says_what_an_opinion_is_good_for(CheckMode mode, Standing standing, int kept)
    {
        var verdict = await JudgeAsync(new Dictionary<string, CheckMode> { ["says"] = mode }, new Says("says", Opinion.Spam("So it is.")));

        Assert.Equal(standing, verdict.Standing);
        Assert.Equal(kept, verdict.Results.Count);
        Assert.All(verdict.Results, r => Assert.Equal(("says", Leaning.Spam, "So it is.", mode), (r.Check, r.Leaning, r.Reason, r.Mode)));
    }

    [Fact]
    public async Task Without_a_word_of_the_publication_a_check_begins_as_it_says_itself()
    {
        var verdict = await JudgeAsync([], new Says("new", Opinion.Hold("Perhaps.")) { StartsIn = CheckMode.Advise }, new Says("old", Opinion.None with { Reason = "Nothing." }));

        Assert.Equal(Standing.Shown, verdict.Standing);
        Assert.Equal([("new", CheckMode.Advise), ("old", CheckMode.Act)], verdict.Results.Select(r => (r.Check, r.Mode)));
    }

    [Fact]
    public async Task One_that_fails_has_no_opinion_and_the_others_decide()
    {
        var failed = new List<string>();
        var screen = new Screen([new Fails(), new Says("says", Opinion.Hold("Held."))], (check, _) => failed.Add(check.Name));

        var verdict = await screen.JudgeAsync(Submission, Facts([]), TestContext.Current.CancellationToken);

        Assert.Equal((Standing.Held, "fails"), (verdict.Standing, Assert.Single(failed)));
        Assert.Equal("says", Assert.Single(verdict.Results).Check);
    }

    [Theory]
    [InlineData(Leaning.None, "first")]
    [InlineData(Leaning.Hold, "first last")]
    public async Task One_is_asked_only_while_nothing_sterner_was_said(Leaning upTo, string asked)
    {
        var verdict = await JudgeAsync([], new Says("first", Opinion.Hold("Held.")), new Says("last", Opinion.Spam("Spam.")) { AskedUpTo = upTo });

        Assert.Equal(asked, string.Join(' ', verdict.Results.Select(r => r.Check)));
    }

    [Fact]
    public async Task What_only_advises_keeps_nobody_from_being_asked()
    {
        var verdict = await JudgeAsync(new Dictionary<string, CheckMode> { ["first"] = CheckMode.Advise }, new Says("first", Opinion.Hold("Held.")), new Says("last", Opinion.Spam("Spam.")) { AskedUpTo = Leaning.None });

        Assert.Equal((Standing.Spam, 2), (verdict.Standing, verdict.Results.Count));
    }

    private static Task<Verdict> JudgeAsync(Dictionary<string, CheckMode> modes, params ICommentCheck[] checks) =>
        new Screen(checks, (check, problem) => Assert.Fail($"{check.Name}: {problem}")).JudgeAsync(Submission, Facts(modes), TestContext.Current.CancellationToken);

    private static ScreeningFacts Facts(Dictionary<string, CheckMode> modes) => new(1, new ScreeningRules(false, true, 2, [], []) { Modes = modes });

    private sealed class Says(string name, Opinion opinion) : ICommentCheck
    {
        public string Name => name;

        public CheckMode StartsIn { get; init; } = CheckMode.Act;

        public Leaning AskedUpTo { get; init; } = Leaning.Trash;

        public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) => ValueTask.FromResult(opinion);
    }

    private sealed class Fails : ICommentCheck
    {
        public string Name => "fails";

        public ValueTask<Opinion> JudgeAsync(CommentSubmission submission, ScreeningFacts facts, CancellationToken ct) => throw new InvalidOperationException("Broken.");
    }
}
