using System.Diagnostics;
using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

/// <summary>The sum that browsers work out, and what is made of a comment that comes without it.</summary>
public sealed class WorkTests
{
    private const string Token = "CfDJ8-any_token";

    private static readonly ScreeningRules Rules = new(false, false, 0, [], []) { FirstComments = 1, TrustAfter = 5 };
    private static readonly CommentSubmission Submission = new(
        CommentDraft.Read(new CommentFields(1, null, "Plain words", "Ann", "ann@example.org", null), true).Value,
        new CommentOrigin(null, "192.0.2.1", "", DateTimeOffset.UnixEpoch, DateTime.UnixEpoch), "Plain words", 0, false, null, false, true);

    [Fact]
    public void A_solution_counts_for_its_token_and_its_bits_alone()
    {
        var solution = Solve(Token, 12);

        Assert.True(WorkProof.IsSolved(Token, solution, 12));
        Assert.True(WorkProof.IsSolved(Token, solution.ToUpperInvariant(), 12));
        Assert.False(WorkProof.IsSolved(Token, solution, 40));
        Assert.False(WorkProof.IsSolved(Token + "x", solution, 12));
        Assert.False(WorkProof.IsSolved("", solution, 12));
        var number = long.Parse(solution, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal(0, Enumerable.Range(1, (int)Math.Min(number - 1, 100)).Count(i => WorkProof.IsSolved(Token, $"{number - i:x16}", 12)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("zzzzzzzzzzzzzzzz")]
    [InlineData("00000000000000000")]
    [InlineData("-000000000000001")]
    [InlineData("０００００００００００００００１")]
    public void What_is_no_number_of_sixteen_digits_is_no_solution(string solution) => Assert.False(WorkProof.IsSolved(Token, solution, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_bits_are_solved_by_nothing(int bits) => Assert.False(WorkProof.IsSolved(Token, Solve(Token, 8), bits));

    [Fact]
    public void Ten_megabytes_cost_no_more_than_their_length()
    {
        var huge = new string('0', 10 << 20);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(WorkProof.IsSolved(Token, huge, 8));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000);
    }

    [Fact]
    public void Two_hashes_check_what_thousands_found()
    {
        var solution = Solve(Token, 12);
        for (var i = 0; i < 2_000; i++) WorkProof.IsSolved(Token, solution, 12);
        var started = Stopwatch.GetTimestamp();

        for (var i = 0; i < 1_000; i++) WorkProof.IsSolved(Token, solution, 12);

        // Some microseconds each, on a machine that does other things, too.
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 0, 200);
    }

    [Theory]
    [InlineData(WorkState.Missing, true, false, "during a flood, without")]
    [InlineData(WorkState.Wrong, true, false, "a wrong sum")]
    [InlineData(WorkState.Late, true, false, "has run out")]
    [InlineData(WorkState.Spent, true, false, "another comment came with before")]
    [InlineData(WorkState.Missing, false, true, "from somebody new here, without")]
    [InlineData(WorkState.Solved, true, true, null)]
    [InlineData(WorkState.NotLooked, true, true, null)]
    [InlineData(WorkState.Missing, false, false, null)]
    public async Task What_lacks_the_sum_waits_with_why(WorkState state, bool attack, bool always, string? says)
    {
        var opinion = await AskAsync(new ScreeningFacts(0, Rules with { WorkAlways = always }) { Work = state, IsUnderAttack = attack });

        Assert.Equal(says is null ? Leaning.None : Leaning.Hold, opinion.Leaning);
        Assert.Contains(says ?? "", opinion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_than_newcomers_is_asked()
    {
        var asked = new ScreeningFacts(0, Rules) { Work = WorkState.Missing, IsUnderAttack = true };

        Assert.Equal(Leaning.Hold, (await AskAsync(asked)).Leaning);
        Assert.Equal(Opinion.None, await AskAsync(asked with { ShownBefore = 1 }));
        Assert.Equal(Opinion.None, await AskAsync(asked with { Trust = CommenterTrust.Trusted }));
        Assert.Equal(Opinion.None, await AskAsync(asked, Role.Author));
        Assert.Equal(Leaning.Hold, (await AskAsync(asked, Role.Reader)).Leaning);
        Assert.Equal(Leaning.Hold, (await AskAsync(asked with { ShownBefore = 2, Rules = Rules with { FirstComments = 3 } })).Leaning);
        Assert.Equal(CheckMode.Off, new WorkCheck().StartsIn);
    }

    private static string Solve(string token, int bits) => Enumerable.Range(0, int.MaxValue).Select(n => $"{n:x16}").First(n => WorkProof.IsSolved(token, n, bits));

    private static async Task<Opinion> AskAsync(ScreeningFacts facts, Role? role = null) => await new WorkCheck().JudgeAsync(Submission with { Role = role }, facts, TestContext.Current.CancellationToken);
}
