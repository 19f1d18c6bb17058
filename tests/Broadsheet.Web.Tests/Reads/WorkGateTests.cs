using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Reads;

/// <summary>One sum, one comment: whenever, by however many at once, and by whichever process's clock.</summary>
public sealed class WorkGateTests
{
    private const int Bits = WorkProof.LeastBits;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly ReplyTokens _tokens = new(new EphemeralDataProtectionProvider());
    private readonly WorkGate _gate;

    public WorkGateTests() => _gate = new WorkGate(_tokens, new LocalCounts(_clock), _clock);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-4)]
    public async Task Used_once_it_is_never_right_again_though_clocks_differ(int minutesAhead)
    {
        // What is remembered is cleared now and then: used at any time, in any state of that.
        for (var wait = 0; wait < 130; wait += 13)
        {
            var token = _tokens.Make(7, _clock.GetUtcNow().AddMinutes(minutesAhead), Bits);
            var solution = Solve(token);
            Assert.Equal(WorkState.Solved, await _gate.TakeAsync(token, solution, 7));
            for (var minute = 0; minute < 75; minute++)
            {
                Assert.NotEqual(WorkState.Solved, await _gate.TakeAsync(token, solution, 7));
                _clock.Advance(TimeSpan.FromMinutes(1));
            }
            Assert.Equal(WorkState.Late, await _gate.TakeAsync(token, solution, 7));
            _clock.Advance(TimeSpan.FromMinutes(wait));
        }
    }

    [Fact]
    public async Task Of_many_at_once_one_has_it()
    {
        var token = _gate.Make(7, Bits);
        var solution = Solve(token);

        var states = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => _gate.TakeAsync(token, solution, 7).AsTask())));

        Assert.Equal((1, 63), (states.Count(s => s == WorkState.Solved), states.Count(s => s == WorkState.Spent)));
    }

    [Fact]
    public async Task Another_articles_a_pages_and_a_forged_one_are_wrong()
    {
        var (token, page) = (_gate.Make(7, Bits), _tokens.Make(7, _clock.GetUtcNow()));
        var solution = Solve(token);

        Assert.Equal(WorkState.Wrong, await _gate.TakeAsync(token, solution, 8));
        Assert.Equal(WorkState.Wrong, await _gate.TakeAsync(page, Solve(page), 7));
        Assert.Equal(WorkState.Wrong, await _gate.TakeAsync("forged", Solve("forged"), 7));
        Assert.Equal(WorkState.Wrong, await _gate.TakeAsync("", solution, 7));
        Assert.Equal(WorkState.Missing, await _gate.TakeAsync(token, "", 7));
        Assert.Equal(WorkState.Solved, await _gate.TakeAsync(token, solution, 7));
    }

    private static string Solve(string token) => Enumerable.Range(1, int.MaxValue - 1).Select(n => $"{n:x16}").First(n => WorkProof.IsSolved(token, n, Bits));
}
