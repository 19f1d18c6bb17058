// Readers who post comments, each over a connection of its own that stays open, one after the other; every answer must be a redirect to the shown comment.
//   post URL --articles 1,2,3 [--parents 7,8,9] [--writers 64] [--seconds 8 | --count 100] [--every MILLISECONDS] [--run NAME]
// Prints posts, seconds, posts a second, p50 and p99 in milliseconds, failures, and this program's own processor time. Exit 1 where anything failed.
using System.Diagnostics;
using System.Globalization;
using Broadsheet.Load;

var load = LoadOptions.Read(args);
if (load is null)
{
    Console.Error.WriteLine("post URL --articles 1,2,3 [--parents 7,8,9] [--writers 64] [--seconds 8 | --count 100] [--every MILLISECONDS] [--run NAME]");
    return 2;
}
var tokens = await ReplyForms.TokensAsync(load.Site, load.Articles);
var own = Process.GetCurrentProcess();
var before = own.TotalProcessorTime;
var started = Stopwatch.GetTimestamp();
var writers = Enumerable.Range(0, load.Writers).Select(w => new Writer(load, tokens, w, started)).ToList();
await Task.WhenAll(writers.Select(w => w.RunAsync()));
var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
own.Refresh();
var times = writers.SelectMany(w => w.Milliseconds).Order().ToList();
var failures = writers.SelectMany(w => w.Failures).ToList();
double At(double share) => times.Count == 0 ? 0 : times[(int)Math.Min(times.Count - 1, times.Count * share)];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Count} {elapsed:0.000} {times.Count / elapsed:0.0} {At(0.5):0.00} {At(0.99):0.00} {failures.Count} {(own.TotalProcessorTime - before).TotalSeconds:0.00}"));
foreach (var failure in failures.GroupBy(f => f, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(5)) Console.Error.WriteLine($"{failure.Count()} × {failure.Key}");
return failures.Count == 0 ? 0 : 1;
