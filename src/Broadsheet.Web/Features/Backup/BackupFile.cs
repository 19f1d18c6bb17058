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
/// <param name="ThemeFiles">Of the publication's own themes; 0 also where it was made before backups had them.</param>
internal sealed record BackupManifest(int Format, string Provider, DateTimeOffset At, string Migration, SortedDictionary<string, long> Rows, int MediaFiles, int ThemeFiles = 0);

/// <summary>A backup in one ZIP file: the database (keys among it) as one consistent moment, the media, wherever they lie, and the publication's own themes.</summary>
internal sealed class BackupFile(IDatabaseEngine engine, string provider, IMediaStore store, string themesFolder, TimeProvider clock)
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
            var (rows, migration) = (await engine.BackupAsync(work, ct), await MigrationAsync(ct));
            BackupManifest manifest;
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            await using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
            {
                foreach (var table in Directory.EnumerateFiles(work)) await zip.CreateEntryFromFileAsync(table, $"database/{Path.GetFileName(table)}", CompressionLevel.Fastest, ct);
                var media = await new BackupMedia(store).WriteAsync(zip, ct);
                var themes = await new BackupThemes(themesFolder).WriteAsync(zip, ct);
                // Last, because now it is known; without it the file is no backup.
                manifest = new BackupManifest(Format, provider, clock.GetUtcNow(), migration, rows, media, themes);
                await using var entry = await zip.CreateEntry(ManifestName).OpenAsync(ct);
                await JsonSerializer.SerializeAsync(entry, manifest, BackupJson.Default.BackupManifest, ct);
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
        var (media, isWhole) = (new BackupMedia(store), false);
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(path, ct);
            if (await ManifestAsync(zip, ct) is not { } manifest) return new Problem("FILE", $"{path} is not a backup of Broadsheet.");
            if (manifest.Format != Format) return new Problem("FILE", $"{path} has the backup format {manifest.Format}; this version reads {Format}.");
            if (manifest.Provider != provider) return new Problem("FILE", $"{path} is a backup of {manifest.Provider}, and this publication is configured for {provider}.");
            if (!Knows(manifest.Migration)) return new Problem("FILE", $"{path} was made by a newer version of Broadsheet.");
            foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("database/", StringComparison.Ordinal))) await entry.ExtractToFileAsync(Path.Combine(work, Path.GetFileName(entry.FullName)), overwrite: true, ct);
            // The database comes last, at once and whole: before it, nothing looks restored.
            if (BackupMedia.CountIn(zip) is var files && files != manifest.MediaFiles) return new Problem("FILE", $"{path} is damaged: it names {manifest.MediaFiles} media files and holds {files}.");
            if (BackupThemes.CountIn(zip) is var themes && themes != manifest.ThemeFiles) return new Problem("FILE", $"{path} is damaged: it names {manifest.ThemeFiles} files of themes and holds {themes}.");
            if (await media.IsFilledAsync(ct)) return new Problem("Media:S3:Bucket", $"In {store.Place} there are files already: a backup is restored into an empty one, or below a Media:S3:Prefix of its own.");
            await media.ReadAsync(zip, ct);
            await new BackupThemes(themesFolder).ReadAsync(zip, ct);
            if (!engine.RestoresSchema) await engine.MigrateAsync(ct, manifest.Migration);
            await engine.RestoreAsync(work, manifest.Rows, ct);
            isWhole = true;
            return manifest;
        }
        catch (InvalidDataException damage)
        {
            return new Problem("FILE", $"{path} is damaged, or no backup: {damage.Message}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
            if (!isWhole) await media.TakeBackAsync();
        }
    }

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
