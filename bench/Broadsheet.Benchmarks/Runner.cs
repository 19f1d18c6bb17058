using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Broadsheet.Benchmarks.Rendering;
using Broadsheet.Benchmarks.Seeding;
using Broadsheet.Benchmarks.Seeding.Content;
using Broadsheet.Benchmarks.Training;

namespace Broadsheet.Benchmarks;

/// <summary><c>dotnet run -c Release --project bench/Broadsheet.Benchmarks -- --filter '*'</c>, or <c>-- seed-thread …</c> to fill a publication for <c>bench/load</c>.
/// <c>-- seed-content --out DIR</c> writes the content that <c>bench/load/run.sh</c> gives each program, <c>-- first-render …</c> says what an article's first rendering costs. <c>-- multiply-articles …</c> and <c>-- step-back …</c> make what <c>curves.sh</c> and <c>upkeep.sh</c> measure. <c>-- train-models --data DIR</c> makes the files in <c>models/</c>.</summary>
internal static class Runner
{
    private static async Task<int> Main(string[] args)
    {
        if (args is [SeedCommand.Name, ..]) return await SeedCommand.RunAsync(args);
        if (args is [OpenCommand.Name, ..]) return await OpenCommand.RunAsync(args);
        if (args is [MultiplyCommand.Name, ..]) return await MultiplyCommand.RunAsync(args);
        if (args is [StepBackCommand.Name, ..]) return await StepBackCommand.RunAsync(args);
        if (args is [ContentCommand.Name, ..]) return await ContentCommand.RunAsync(args);
        if (args is [FirstRenderCommand.Name, ..]) return await FirstRenderCommand.RunAsync(args);
        if (args is [TrainCommand.Name, ..]) return await TrainCommand.RunAsync(args);
        // In this process: a generated project would not find our central packages and analyzers.
        BenchmarkSwitcher.FromAssembly(typeof(Runner).Assembly).Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).AsDefault()));
        return 0;
    }
}
