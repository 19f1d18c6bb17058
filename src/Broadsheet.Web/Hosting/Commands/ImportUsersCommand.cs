using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Features.Transfer.WordPress.Users;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>import wordpress --users FILE.csv</c> without an export: only who may sign in.</summary>
internal static class ImportUsersCommand
{
    private const int Listed = 40;

    public static async Task<int> RunAsync(string file, bool isDryRun, string dataFolder, string[] arguments, bool json, CancellationToken ct)
    {
        if (!File.Exists(file)) return CommandLine.Fail($"--users {file}: there is no such file");
        var built = Site.Build(dataFolder, arguments, LogLevel.Warning);
        if (built.Problem is { } wrong) return CommandLine.Fail(wrong);
        await using var app = built.Value;
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        var started = Stopwatch.GetTimestamp();
        return await ImportFailures.CatchAsync(engine, file, async () =>
        {
            var report = await ImportBar.ShowAsync(async watcher =>
            {
                var count = UsersImport.Check(file, watcher, ct);
                if (isDryRun) return new UsersReport(new KindCount { Read = count }, new ImportNotes());
                Directory.CreateDirectory(dataFolder);
                await engine.MigrateAsync(ct);
                return await new UsersImport(app.Services.GetRequiredService<Writes>()).RunAsync(file, count, watcher, ct);
            });
            await WriteAsync(report, isDryRun, Stopwatch.GetElapsedTime(started), json);
            return CommandLine.Done;
        }, ct);
    }

    private static async Task WriteAsync(UsersReport report, bool isDryRun, TimeSpan elapsed, bool json)
    {
        var (count, output) = (report.Count, Console.Out);
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new UsersResult(count, Math.Round(elapsed.TotalSeconds, 3)), UsersReportJson.Default.UsersResult));
            return;
        }
        await output.WriteLineAsync(isDryRun
            ? string.Create(CultureInfo.InvariantCulture, $"{count.Read:N0} users read. Nothing was written.")
            : string.Create(CultureInfo.InvariantCulture, $"{count.Read:N0} users read, {count.Written:N0} written, {count.Present:N0} already here, {count.Skipped:N0} skipped, in {elapsed.TotalSeconds:0.0} seconds."));
        foreach (var note in report.Notes.All.Take(Listed)) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  line {note.Line}: {note.Kind}: {note.What}"));
        if (report.Notes.Count > Listed) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  … and {report.Notes.Count - Listed:N0} more"));
    }
}

internal sealed record UsersResult(KindCount Users, double Seconds);

[JsonSerializable(typeof(UsersResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class UsersReportJson : JsonSerializerContext;
