using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Features.Transfer.Likes;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>import likes FILE.csv</c>: who liked which article or comment where the publication was before.</summary>
internal static class ImportLikesCommand
{
    private const int Listed = 40;

    private static readonly Argument<string> File = new("FILE") { Description = "Comma-separated values: post_id or comment_id, user or email, date" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Read and count; write nothing" };

    public static Command Create()
    {
        var likes = new Command("likes", "Takes likes from elsewhere; again or later: those that are new") { File, DryRun, CommandLine.Json };
        likes.SetAction((parsed, ct) => RunAsync(parsed.GetValue(File)!, parsed.GetValue(DryRun), parsed.GetValue(CommandLine.Data)!, CommandLine.SiteArguments(parsed), parsed.GetValue(CommandLine.Json), ct));
        return likes;
    }

    private static async Task<int> RunAsync(string file, bool isDryRun, string dataFolder, string[] arguments, bool json, CancellationToken ct)
    {
        if (Directory.Exists(file)) return CommandLine.Fail($"{file} is a folder: name the file of likes");
        if (!System.IO.File.Exists(file)) return CommandLine.Fail($"{file}: there is no such file");
        var built = Site.Build(dataFolder, arguments, LogLevel.Warning);
        if (built.Problem is { } wrong) return CommandLine.Fail(wrong);
        await using var app = built.Value;
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        var started = Stopwatch.GetTimestamp();
        return await ImportFailures.CatchAsync(engine, file, async () =>
        {
            if (!isDryRun)
            {
                Directory.CreateDirectory(dataFolder);
                await engine.MigrateAsync(ct);
            }
            var import = ActivatorUtilities.CreateInstance<LikesImport>(app.Services);
            var report = await ImportBar.ShowAsync(watcher => import.RunAsync(file, isDryRun, watcher, ct));
            await WriteAsync(report, isDryRun, Stopwatch.GetElapsedTime(started), json);
            return CommandLine.Done;
        }, ct);
    }

    private static async Task WriteAsync(LikesReport report, bool isDryRun, TimeSpan elapsed, bool json)
    {
        var (count, output) = (report.Count, Console.Out);
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new LikesResult(count, Math.Round(elapsed.TotalSeconds, 3)), LikesReportJson.Default.LikesResult));
            return;
        }
        await output.WriteLineAsync(isDryRun
            ? string.Create(CultureInfo.InvariantCulture, $"{count.Read:N0} likes read. Nothing was written.")
            : string.Create(CultureInfo.InvariantCulture, $"{count.Read:N0} likes read, {count.Written:N0} written, {count.Present:N0} already here, {count.Skipped:N0} skipped, in {elapsed.TotalSeconds:0.0} seconds."));
        foreach (var note in report.Notes.All.Take(Listed)) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  line {note.Line}: {note.What}"));
        if (report.Notes.Count > Listed) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  … and {report.Notes.Count - Listed:N0} more"));
    }
}

internal sealed record LikesResult(KindCount Likes, double Seconds);

[JsonSerializable(typeof(LikesResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class LikesReportJson : JsonSerializerContext;
