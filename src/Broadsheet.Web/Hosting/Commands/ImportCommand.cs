using System.CommandLine;
using System.Diagnostics;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Features.Transfer.WordPress;
using Broadsheet.Web.Features.Transfer.WordPress.Users;
using Broadsheet.Web.Outbound;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>import wordpress FILE</c>: reads the file whole before it writes anything, so that a damaged one changes nothing.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string?> File = new("FILE") { Description = "The export (WXR), as WordPress's Tools → Export writes it; may be left out where --users is given", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Users = new("--users") { Description = "Also take WordPress's users, with their passwords, from a file of comma-separated values" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Read, count and report; write nothing" };
    private static readonly Option<bool> Repair = new("--repair") { Description = "Replace characters that XML forbids instead of stopping at them" };
    private static readonly Option<string> Media = Choice("--media", "skip", "Whether to fetch the attachments' files from where they were", "skip", "fetch");
    private static readonly Option<string?> MediaFolder = new("--media-folder") { Description = "Take the attachments' files from a copy of wp-content/uploads" };
    private static readonly Option<string> CreditLines = Choice("--credit-lines", "convert", "What becomes of a line such as “The Wire | February 20, 2020” that opens an article", "convert", "keep");

    public static Command Create()
    {
        var wordpress = new Command("wordpress", "Brings a WordPress export in; again or later: what is new in it") { File, Users, DryRun, Repair, Media, MediaFolder, CreditLines, CommandLine.Json };
        wordpress.SetAction((parsed, ct) =>
        {
            var (export, users) = (parsed.GetValue(File), parsed.GetValue(Users));
            if (export is null && users is null) return Task.FromResult(CommandLine.Misuse("import wordpress: name the export's FILE, or --users FILE.csv, or both"));
            if (export is null) return ImportUsersCommand.RunAsync(users!, parsed.GetValue(DryRun), parsed.GetValue(CommandLine.Data)!, CommandLine.SiteArguments(parsed), parsed.GetValue(CommandLine.Json), ct);
            var request = new ImportRequest(export)
            {
                Users = users,
                DryRun = parsed.GetValue(DryRun),
                Repair = parsed.GetValue(Repair),
                FetchMedia = parsed.GetValue(Media) == "fetch",
                MediaFolder = parsed.GetValue(MediaFolder),
                KeepCreditLines = parsed.GetValue(CreditLines) == "keep",
            };
            return RunAsync(request, parsed.GetValue(CommandLine.Data)!, CommandLine.SiteArguments(parsed), parsed.GetValue(CommandLine.Json), ct);
        });
        return new Command("import", "Brings another system's export in") { wordpress, ImportLikesCommand.Create() };
    }

    public static async Task<int> RunAsync(ImportRequest request, string dataFolder, string[] arguments, bool json, CancellationToken ct)
    {
        if (Directory.Exists(request.File)) return CommandLine.Fail($"{request.File} is a folder: name the export's file");
        if (request.Users is { } users && !System.IO.File.Exists(users)) return CommandLine.Fail($"--users {users}: there is no such file");
        if (request.MediaFolder is { } folder && !Directory.Exists(folder)) return CommandLine.Fail($"--media-folder {folder}: there is no such folder");
        // It writes far more than it reads: a mapped file would only look like memory in use.
        var built = Site.Build(dataFolder, [.. arguments, "--Database:MapMegabytes=0"], LogLevel.Warning);
        if (built.Problem is { } wrong) return CommandLine.Fail(wrong);
        await using var app = built.Value;
        var engine = app.Services.GetRequiredService<IDatabaseEngine>();
        var bringsMedia = !request.DryRun && (request.FetchMedia || request.MediaFolder is not null);
        if (bringsMedia && app.Services.GetRequiredService<SiteOptions>().Bucket is { } bucket && await MediaStore.BucketCheck.RunAsync(bucket, ct) is { } noBucket) return CommandLine.Fail(noBucket);
        return await ImportFailures.CatchAsync(engine, request.Users, async () =>
        {
            var report = await ImportBar.ShowAsync(watcher => ImportAsync(app, request, dataFolder, watcher, ct));
            if (json) await Console.Out.WriteLineAsync(report.ToJson());
            else ImportTable.Write(report, request.DryRun, Console.Out);
            return CommandLine.Done;
        }, ct);
    }

    private static async Task<ImportReport> ImportAsync(WebApplication app, ImportRequest request, string dataFolder, IImportWatcher watcher, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var options = WordPressImport.OptionsOf(request);
        var length = new FileInfo(request.File) is { Exists: true } file ? file.Length : throw new FileNotFoundException($"{request.File}: there is no such file");
        var reading = watcher.Reading("Looking the file through", length, null);
        var first = await Task.Run(() => FirstPass.Read(request.File, options, reading, ct), ct);
        var users = request.Users is { } list ? UsersImport.Check(list, watcher, ct) : 0;
        if (request.DryRun) return ImportReport.OfFirstPass(first, Stopwatch.GetElapsedTime(started)) with { Users = request.Users is null ? null : new KindCount { Read = users } };
        Directory.CreateDirectory(dataFolder);
        await using var alone = ImportLock.Take(dataFolder);
        await app.Services.GetRequiredService<IDatabaseEngine>().MigrateAsync(ct);
        if (app.Services.GetRequiredService<SiteOptions>().DatabaseProvider == "Sqlite") await ImportRehearsal.RunAsync(app.Services.GetRequiredService<GuardedHttp>(), ct);
        var report = await app.Services.GetRequiredService<WordPressImport>().RunAsync(request, first, watcher, ct);
        if (request.Users is { } named)
        {
            var added = await new UsersImport(app.Services.GetRequiredService<Writes>()).RunAsync(named, users, watcher, ct);
            foreach (var note in added.Notes.All) report.Notes.Add(note.Line, note.Kind, note.What);
            report = report with { Users = added.Count };
        }
        return report with { Elapsed = Stopwatch.GetElapsedTime(started) };
    }

    private static Option<string> Choice(string name, string usual, string description, params string[] choices)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}
