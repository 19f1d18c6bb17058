using BenchmarkDotNet.Running;

namespace Broadsheet.Benchmarks;

internal static class Runner
{
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Runner).Assembly).Run(args);
}
