using System.IO.Compression;
using Broadsheet.Web.Hosting.Commands;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Backup;

/// <summary>A backup carries media from the disk into a bucket, and back; and a publication's own themes.</summary>
public abstract class BackupMoveTests(BroadsheetSite site, S3Server server) : IClassFixture<S3Server>
{
    private const string Film = "/wp-content/uploads/2020/02/film.mp4";

    /// <summary>An empty folder and an empty database.</summary>
    protected abstract BroadsheetSite NewPlace();

    [Fact]
    public async Task From_the_disk_into_a_bucket_and_back()
    {
        await server.StartAsync();
        await using var inBucket = NewPlace();
        await using var onDisk = NewPlace();
        var (bucket, folder) = (server.Arguments(Path.GetRandomFileName()), Directory.CreateTempSubdirectory("bs-move").FullName);
        var film = MediaStoreTests.Bytes(17 << 20);
        await site.App.Services.GetRequiredService<UploadedFiles>().SaveAsync(Film, new MemoryStream(film), film.Length, CancellationToken.None);
        Write(site, "media/replaced/kept", "an old file");
        Write(site, "media/incoming/half", "not a file yet");
        Write(site, "themes/own/theme.json", "{}");
        Write(site, "themes/own/templates/page.liquid", "words");

        Assert.Equal(0, await RunAsync("backup", $"{folder}/1.zip", site));
        Assert.Equal(0, await RunAsync("restore", $"{folder}/1.zip", inBucket, bucket));
        Assert.False(Directory.Exists(Path.Combine(inBucket.Folder, "media")));
        Assert.Equal(0, await RunAsync("backup", $"{folder}/2.zip", inBucket, bucket));
        Assert.Equal(0, await RunAsync("restore", $"{folder}/2.zip", onDisk));

        Assert.Equal(await NamesAsync($"{folder}/1.zip"), await NamesAsync($"{folder}/2.zip"));
        await inBucket.StartAsync(bucket);
        using (var reader = inBucket.NewReader()) MediaStoreTests.AssertSame(film, await reader.Http.GetByteArrayAsync(new Uri(Film, UriKind.Relative)));
        MediaStoreTests.AssertSame(film, await File.ReadAllBytesAsync(Path.Combine(onDisk.Folder, "media/uploads/2020/02/film.mp4")));
        Assert.Equal("an old file", await File.ReadAllTextAsync(Path.Combine(onDisk.Folder, "media/replaced/kept")));
        Assert.Equal(("{}", "words"), (await File.ReadAllTextAsync(Path.Combine(onDisk.Folder, "themes/own/theme.json")), await File.ReadAllTextAsync(Path.Combine(onDisk.Folder, "themes/own/templates/page.liquid"))));
    }

    [Fact]
    public async Task A_bucket_that_is_not_empty_is_left_alone_and_a_damaged_backup_leaves_nothing_in_one()
    {
        await server.StartAsync();
        await using var place = NewPlace();
        var (prefix, folder) = (Path.GetRandomFileName(), Directory.CreateTempSubdirectory("bs-move").FullName);
        Write(site, "media/uploads/a.txt", "a file");
        Assert.Equal(0, await RunAsync("backup", $"{folder}/1.zip", site));
        using var node = new BucketNode(server, prefix);
        await MediaStoreTests.SaveAsync(node.Store, "uploads/theirs.txt", "theirs"u8);

        Assert.Equal(1, await RunAsync("restore", $"{folder}/1.zip", place, server.Arguments(prefix)));
        Assert.Equal(["uploads/theirs.txt"], await MediaStoreTests.ListAsync(node.Store, ""));

        await using (var zip = await ZipFile.OpenAsync($"{folder}/1.zip", ZipArchiveMode.Update, TestContext.Current.CancellationToken))
            foreach (var table in zip.Entries.Where(e => e.FullName.StartsWith("database/", StringComparison.Ordinal)).ToList()) table.Delete();
        using var empty = new BucketNode(server, "empty");
        Assert.Equal(1, await RunAsync("restore", $"{folder}/1.zip", place, server.Arguments("empty")));
        Assert.Empty(await MediaStoreTests.ListAsync(empty.Store, ""));
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Folder));
    }

    private static void Write(BroadsheetSite site, string name, string content)
    {
        var file = Path.Combine(site.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    private static async Task<int> RunAsync(string command, string file, BroadsheetSite site, params string[] more) =>
        await CommandLine.RunAsync([command, file, .. await site.ArgumentsAsync(), .. more], command == "backup" ? BackupCommands.Backup() : BackupCommands.Restore());

    private static async Task<List<string>> NamesAsync(string file)
    {
        await using var zip = await ZipFile.OpenReadAsync(file, TestContext.Current.CancellationToken);
        var names = zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal).ToList();
        Assert.DoesNotContain("media/incoming/half", names);
        return names;
    }

    public sealed class OnSqlite(SqliteSite site, S3Server server) : BackupMoveTests(site, server), IClassFixture<SqliteSite>
    {
        protected override BroadsheetSite NewPlace() => new BackupTests.FreshSqlite();
    }

    public sealed class OnPostgres(PostgresSite site, S3Server server) : BackupMoveTests(site, server), IClassFixture<PostgresSite>
    {
        protected override BroadsheetSite NewPlace() => new BackupTests.FreshPostgres();
    }
}
