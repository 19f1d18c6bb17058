using System.CommandLine;
using System.Text.Json;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Backup;
using Broadsheet.Web.MediaStore;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>backup FILE</c> and <c>restore FILE</c>.</summary>
internal static class BackupCommands
{
    public static Command Backup()
    {
        var (command, file) = Create("backup", "Writes database, media and keys into one file, consistent while serving", "Where to write");
        command.SetAction((parsed, ct) => RunAsync(parsed, parsed.GetValue(file)!, restoring: false, ct));
        return command;
    }

    public static Command Restore()
    {
        var (command, file) = Create("restore", "Fills an empty data folder (and, on PostgreSQL, an empty database) from a backup", "A file that backup wrote");
        command.SetAction((parsed, ct) => RunAsync(parsed, parsed.GetValue(file)!, restoring: true, ct));
        return command;
    }

    private static (Command, Argument<string>) Create(string name, string description, string argument)
    {
        var file = new Argument<string>("FILE") { Description = argument };
        var command = new Command(name, description);
        command.Arguments.Add(file);
        command.Options.Add(CommandLine.Json);
        return (command, file);
    }

    private static async Task<int> RunAsync(ParseResult parsed, string path, bool restoring, CancellationToken ct)
    {
        var folder = parsed.GetValue(CommandLine.Data)!;
        if (restoring && !File.Exists(path)) return CommandLine.Fail($"{path}: there is no such file.");
        if (restoring && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) return CommandLine.Fail($"{folder} is not empty: a backup is restored into an empty folder.");
        if (!restoring && Path.GetDirectoryName(Path.GetFullPath(path)) is { } target && !Directory.Exists(target)) return CommandLine.Fail($"{target}: there is no such folder.");
        if (!restoring && Directory.Exists(path)) return CommandLine.Fail($"{path} is a folder: name a file.");
        if (!restoring && !Directory.Exists(folder)) return CommandLine.Fail($"--data {folder}: there is no such folder.");
        var existed = Directory.Exists(folder);
        if (restoring) Directory.CreateDirectory(folder);
        var built = Site.Build(folder, CommandLine.SiteArguments(parsed), LogLevel.Warning);
        if (built.Problem is { } wrong) return CommandLine.Fail(wrong);
        await using var app = built.Value;
        var (options, engine) = (app.Services.GetRequiredService<SiteOptions>(), app.Services.GetRequiredService<IDatabaseEngine>());
        var backup = new BackupFile(engine, options.DatabaseProvider, app.Services.GetRequiredService<IMediaStore>(), options.ThemesFolder, TimeProvider.System);
        if (options.Bucket is { } bucket && await BucketCheck.RunAsync(bucket, ct) is { } noBucket) return CommandLine.Fail(noBucket);
        try
        {
            if (restoring) return await RestoreAsync(parsed, backup, engine, app.Services.GetRequiredService<Writes>(), path, folder, existed, ct);
            if (options.DatabaseProvider == "Sqlite" && !File.Exists(options.SqliteFile)) return CommandLine.Fail($"{folder} holds no publication.");
            var isReplaced = File.Exists(path);
            Report(parsed, await backup.WriteAsync(Path.GetFullPath(path), ct), $"written to {path}{(isReplaced ? ", in place of the file that was there" : "")}");
            return CommandLine.Done;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException || engine.AsStorageTrouble(problem) is not null)
        {
            return CommandLine.Fail(problem.Message);
        }
    }

    private static async Task<int> RestoreAsync(ParseResult parsed, BackupFile backup, IDatabaseEngine engine, Writes writes, string path, string folder, bool existed, CancellationToken ct)
    {
        var isWhole = false;
        try
        {
            if (!engine.RestoresSchema && !await IsEmptyAsync(engine, ct)) return CommandLine.Fail("The database is not empty: a backup is restored into an empty one.");
            var restored = await backup.ReadAsync(path, ct);
            if (restored.Problem is { } problem) return CommandLine.Fail(problem);
            // A backup of an older version is brought up to date at once.
            await engine.MigrateAsync(ct);
            await PublicationStore.BeginEditionAsync(writes, ct);
            isWhole = true;
            Report(parsed, restored.Value, $"restored into {folder}");
            return CommandLine.Done;
        }
        finally
        {
            if (!isWhole) Directory.Delete(folder, recursive: true);
            if (!isWhole && existed) Directory.CreateDirectory(folder);
        }
    }

    /// <summary>A database without tables, or with those of a publication that holds nothing yet.</summary>
    private static async Task<bool> IsEmptyAsync(IDatabaseEngine engine, CancellationToken ct)
    {
        await using var db = engine.Open();
        return !(await db.Database.GetAppliedMigrationsAsync(ct)).Any() || !(await db.Articles.AnyAsync(ct) || await db.Users.AnyAsync(ct));
    }

    private static void Report(ParseResult parsed, BackupManifest manifest, string what)
    {
        if (parsed.GetValue(CommandLine.Json)) Console.Out.WriteLine(JsonSerializer.Serialize(manifest, BackupJson.Default.BackupManifest));
        else Console.Out.WriteLine($"{manifest.Rows.GetValueOrDefault("articles")} articles, pages and attachments, {manifest.Rows.GetValueOrDefault("comments")} comments, {manifest.MediaFiles} media files{(manifest.ThemeFiles > 0 ? $", {manifest.ThemeFiles} files of themes" : "")} {what}");
    }
}
