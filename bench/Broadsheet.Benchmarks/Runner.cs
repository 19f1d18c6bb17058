using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Broadsheet.Benchmarks;

/// <summary><c>dotnet run -c Release --project bench/Broadsheet.Benchmarks -- --filter '*'</c></summary>
internal static class Runner
{
    // In this process: a generated project would not find our central packages and analyzers.
    private static void Main(string[] args) =>
        BenchmarkSwitcher.FromAssembly(typeof(Runner).Assembly).Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).AsDefault()));
}
