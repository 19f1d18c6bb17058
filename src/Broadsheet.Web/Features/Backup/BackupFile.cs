using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Backup;

/// <summary>What a backup says of itself.</summary>
/// <param name="Provider"><c>Sqlite</c> or <c>PostgreSql</c>: it is restored into the same.</param>
/// <param name="Rows">Of each table, to verify a restore.</param>
/// <param name="Migration">The last one that its database had.</param>
internal sealed record BackupManifest(int Format, string Provider, DateTimeOffset At, string Migration, SortedDictionary<string, long> Rows, int MediaFiles);

/// <summary>A backup in one ZIP file: the database (keys among it) as one consistent moment, and the media.</summary>
internal sealed class BackupFile(IDatabaseEngine engine, string provider, string mediaFolder, TimeProvider clock)
{
    private const int Format = 1;
    private const string ManifestName = "broadsheet-backup.json";

    /// <summary>Written beside its final name first: a file of that name is always whole.</summary>
    public async Task<BackupManifest> WriteAsync(string path, CancellationToken ct)
    {
        var work = Directory.CreateTempSubdirectory("broadsheet-backup-").FullName;
        var partial = path + ".partial";
        try
        {
            var rows = await engine.BackupAsync(work, ct);
            var media = Directory.Exists(mediaFolder) ? Directory.EnumerateFiles(mediaFolder, "*", SearchOption.AllDirectories).Where(f => !IsBelow(f, MediaName.Incoming) && !IsBelow(f, MediaName.Renditions)).ToList() : [];
            var manifest = new BackupManifest(Format, provider, clock.GetUtcNow(), await MigrationAsync(ct), rows, media.Count);
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
            {
                await using (var entry = await zip.CreateEntry(ManifestName).OpenAsync(ct)) await JsonSerializer.SerializeAsync(entry, manifest, BackupJson.Default.BackupManifest, ct);
                foreach (var table in Directory.EnumerateFiles(work)) await zip.CreateEntryFromFileAsync(table, $"database/{Path.GetFileName(table)}", CompressionLevel.Fastest, ct);
                foreach (var item in media) await zip.CreateEntryFromFileAsync(item, $"media/{Path.GetRelativePath(mediaFolder, item).Replace('\\', '/')}", CompressionLevel.NoCompression, ct);
            }
            File.Move(partial, path, overwrite: true);
            return manifest;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
            File.Delete(partial);
        }
    }

    /// <summary>Fills an empty publication. What does not add up is said, and nothing is left that looks restored.</summary>
    public async Task<Outcome<BackupManifest>> ReadAsync(string path, CancellationToken ct)
    {
        var work = Directory.CreateTempSubdirectory("broadsheet-restore-").FullName;
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(path, ct);
            if (await ManifestAsync(zip, ct) is not { } manifest) return new Problem("FILE", $"{path} is not a backup of Broadsheet.");
            if (manifest.Format != Format) return new Problem("FILE", $"{path} has the backup format {manifest.Format}; this version reads {Format}.");
            if (manifest.Provider != provider) return new Problem("FILE", $"{path} is a backup of {manifest.Provider}, and this publication is configured for {provider}.");
            if (!Knows(manifest.Migration)) return new Problem("FILE", $"{path} was made by a newer version of Broadsheet.");
            foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("database/", StringComparison.Ordinal))) await entry.ExtractToFileAsync(Path.Combine(work, Path.GetFileName(entry.FullName)), overwrite: true, ct);
            // The database comes last, at once and whole: before it, nothing looks restored.
            var files = await ExtractMediaAsync(zip, ct);
            if (files != manifest.MediaFiles) return new Problem("FILE", $"{path} is damaged: it names {manifest.MediaFiles} media files and holds {files}.");
            if (!engine.RestoresSchema) await engine.MigrateAsync(ct, manifest.Migration);
            await engine.RestoreAsync(work, manifest.Rows, ct);
            return manifest;
        }
        catch (InvalidDataException damage)
        {
            return new Problem("FILE", $"{path} is damaged, or no backup: {damage.Message}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private bool IsBelow(string file, string folder) => Path.GetRelativePath(mediaFolder, file).StartsWith(folder, StringComparison.Ordinal);

    private async Task<string> MigrationAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        return (await db.Database.GetAppliedMigrationsAsync(ct)).LastOrDefault() ?? "";
    }

    private bool Knows(string migration)
    {
        using var db = engine.Open();
        return db.Database.GetMigrations().Contains(migration, StringComparer.Ordinal);
    }

    private async Task<int> ExtractMediaAsync(ZipArchive zip, CancellationToken ct)
    {
        var (root, count) = (Path.GetFullPath(mediaFolder) + Path.DirectorySeparatorChar, 0);
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("media/", StringComparison.Ordinal) && e.Name.Length > 0))
        {
            var target = Path.GetFullPath(Path.Combine(mediaFolder, entry.FullName["media/".Length..]));
            // A name that climbs out of the folder is not one that a backup wrote.
            if (!target.StartsWith(root, StringComparison.Ordinal)) throw new InvalidDataException($"it holds the name {entry.FullName}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: false, ct);
            count++;
        }
        return count;
    }

    private static async Task<BackupManifest?> ManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        if (zip.GetEntry(ManifestName) is not { } entry) return null;
        try
        {
            await using var stream = await entry.OpenAsync(ct);
            return await JsonSerializer.DeserializeAsync(stream, BackupJson.Default.BackupManifest, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
