using BenchmarkDotNet.Attributes;
using Broadsheet.Core.Discussion;

namespace Broadsheet.Benchmarks;

/// <summary>The numbers of a whole imported thread.</summary>
[MemoryDiagnoser]
public class ThreadBenchmarks
{
    [Params(1_000, 100_000)]
    public int Comments { get; set; }

    /// <summary>Four of five comments answer an earlier one.</summary>
    [Benchmark]
    public int Order()
    {
        var plan = new ThreadPlan();
        for (var i = 0; i < Comments; i++) plan.Add(i + 1, i % 5 == 0 ? 0 : i - i % 5 + (i * 7) % (i % 5) + 1, DateTimeOffset.UnixEpoch.AddMinutes(i), i, isNumbered: true);
        plan.Shape();
        plan.Number(0, _ => 0);
        return plan.NewTops;
    }
}
