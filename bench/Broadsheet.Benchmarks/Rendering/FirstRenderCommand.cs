using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Broadsheet.Benchmarks.Seeding;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Benchmarks.Rendering;

/// <summary>
/// <c>first-render --data DIR [--postgres CONNECTION] --article ID [--rounds N]</c>: evicts an article's discussion, as a comment does, and gets its page as
/// text, N times; prints the processor time of one, in milliseconds. The program runs in this process, so what asking costs is measured with the page kept, and taken off.
/// </summary>
internal static class FirstRenderCommand
{
    public const string Name = "first-render";

    private const int Warm = 500;

    private static readonly Option<long> Article = new("--article") { Required = true, Description = "Its id" };
    private static readonly Option<int> Rounds = new("--rounds") { DefaultValueFactory = _ => 1000, Description = "Evictions, each with one reading" };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "What the first rendering of an article costs after a change") { SeedCommand.Data, SeedCommand.Postgres, Article, Rounds };
        command.SetAction((parsed, ct) => MeasureAsync(parsed, ct));
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(ParseResult parsed, CancellationToken ct)
    {
        await using var app = SeedCommand.Build(parsed);
        if (app is null) return 1;
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(ct);
        var (article, rounds) = (parsed.GetValue(Article), parsed.GetValue(Rounds));
        var observers = app.Services.GetServices<ICommitObserver>().ToList();
        using var reader = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var found = await reader.GetAsync(new Uri($"/?p={article}", UriKind.Relative), ct);
        var page = found.RequestMessage!.RequestUri!;
        IReadOnlyList<Eviction> evictions = [new Eviction { Tag = CacheTags.Thread(article), Hard = true }];

        await RunAsync(Warm, evicts: true);
        await RunAsync(Warm, evicts: false);
        var (collections, allocated) = (Collections(), GC.GetTotalAllocatedBytes());
        var (with, bytes) = await RunAsync(rounds, evicts: true);
        (collections, allocated) = (Since(collections), (GC.GetTotalAllocatedBytes() - allocated) / rounds);
        var (without, _) = await RunAsync(rounds, evicts: false);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds of {bytes:N0} bytes: evicted and got {with:0.00} ms of processor time, got alone {without:0.00}; {allocated:N0} bytes allocated each time, {string.Join(" and ", collections)} collections of generations 0, 1 and 2"));
        Console.WriteLine((with - without).ToString("0.00", CultureInfo.InvariantCulture));
        await app.StopAsync(ct);
        return 0;

        static int[] Collections() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        static int[] Since(int[] before) => [.. Collections().Zip(before, (now, then) => now - then)];

        async Task<(double Milliseconds, long Bytes)> RunAsync(int count, bool evicts)
        {
            using var process = Process.GetCurrentProcess();
            process.Refresh();
            var before = process.TotalProcessorTime;
            long length = 0;
            for (var i = 0; i < count; i++)
            {
                if (evicts) foreach (var observer in observers) observer.Committed(evictions);
                // Read away piece by piece: a reader in this process must not fill the memory that the program collects.
                using var answer = await reader.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, ct);
                answer.EnsureSuccessStatusCode();
                length = answer.Content.Headers.ContentLength ?? 0;
                await answer.Content.CopyToAsync(Stream.Null, ct);
            }
            process.Refresh();
            return ((process.TotalProcessorTime - before).TotalMilliseconds / count, length);
        }
    }
}
