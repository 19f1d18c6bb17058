using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Broadsheet.Web.Data;
using Broadsheet.Web.Hosting.Commands;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Backup;

public abstract class BackupTests(BroadsheetSite site, BroadsheetSite other)
{
    /// <summary>An empty folder and an empty database.</summary>
    protected abstract BroadsheetSite NewPlace();

    [Fact]
    public async Task A_backup_taken_while_serving_carries_everything_to_an_empty_place()
    {
        await site.SetAsync(p => p with { HoldFirst = false, Title = "The Carried Post" });
        var article = await site.PublishAsync("Carried over", "<p>Words to keep.</p>");
        using var reader = site.NewReader();
        using var comment = await reader.CommentAsync(article.Path, "A comment to keep.");
        var uploads = Directory.CreateDirectory(Path.Combine(site.Folder, "media", "2020"));
        await File.WriteAllTextAsync(Path.Combine(uploads.FullName, "a.txt"), "a file to keep");
        var file = Path.Combine(Directory.CreateTempSubdirectory("bs-backup").FullName, "site.zip");

        Assert.Equal(0, await CommandLine.RunAsync(["backup", file, .. await site.ArgumentsAsync()], BackupCommands.Backup()));
        Assert.Equal(0, await CommandLine.RunAsync(["restore", file, .. await other.ArgumentsAsync()], BackupCommands.Restore()));

        await other.StartAsync();
        using var elsewhere = other.NewReader();
        var page = await elsewhere.ReadAsync(article.Path);
        Assert.Contains("Words to keep.", page, StringComparison.Ordinal);
        Assert.Contains("A comment to keep.", page, StringComparison.Ordinal);
        Assert.Contains("The Carried Post", page, StringComparison.Ordinal);
        Assert.Equal("a file to keep", await File.ReadAllTextAsync(Path.Combine(other.Folder, "media", "2020", "a.txt")));
        Assert.Equal(await site.ReadAsync(db => db.ProtectionKeys.Select(k => k.Xml).ToListAsync()), await other.ReadAsync(db => db.ProtectionKeys.Select(k => k.Xml).ToListAsync()));
        // What other nodes hold of the publication that was saved is none of this one's.
        Assert.NotEqual(await EditionAsync(site), await EditionAsync(other));
        using var after = await elsewhere.CommentAsync(article.Path, "And life goes on.", email: "ann2@example.org");
        Assert.Equal(System.Net.HttpStatusCode.Found, after.StatusCode);
    }

    [Theory]
    [InlineData("more rows")]
    [InlineData("a later version")]
    [InlineData("a missing file")]
    public async Task What_does_not_add_up_leaves_nothing_behind(string damage)
    {
        await using var place = NewPlace();
        await site.PublishAsync("Whole");
        var uploads = Directory.CreateDirectory(Path.Combine(site.Folder, "media", "uploads"));
        await File.WriteAllTextAsync(Path.Combine(uploads.FullName, "b.txt"), "a file");
        Directory.CreateDirectory(Path.Combine(site.Folder, "media", "incoming"));
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "media", "incoming", "half.tmp"), "not a file yet");
        Directory.CreateDirectory(Path.Combine(site.Folder, "media", "renditions", "b.jpg", "1-2"));
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "media", "renditions", "b.jpg", "1-2", "300x200.webp"), "made from another");
        var file = Path.Combine(Directory.CreateTempSubdirectory("bs-backup").FullName, "site.zip");
        Assert.Equal(0, await CommandLine.RunAsync(["backup", file, .. await site.ArgumentsAsync()], BackupCommands.Backup()));
        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, TestContext.Current.CancellationToken))
        {
            Assert.DoesNotContain(zip.Entries, e => e.Name is "half.tmp" or "300x200.webp");
            if (damage == "a missing file") zip.GetEntry("media/uploads/b.txt")!.Delete();
            else await ChangeAsync(zip, "broadsheet-backup.json", text => damage == "more rows" ? Regex.Replace(text, "\"articles\":\\d+", "\"articles\":99") : Regex.Replace(text, "\"migration\":\"[^\"]+\"", "\"migration\":\"20991231_Later\""));
        }

        Assert.Equal(1, await CommandLine.RunAsync(["restore", file, .. await place.ArgumentsAsync()], BackupCommands.Restore()));

        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Folder));
    }

    [Fact]
    public async Task Hidden_files_that_older_versions_took_along_stay_out_and_a_name_that_leads_elsewhere_is_refused()
    {
        await using var place = NewPlace();
        await using var another = NewPlace();
        var uploads = Directory.CreateDirectory(Path.Combine(site.Folder, "media", "uploads"));
        await File.WriteAllTextAsync(Path.Combine(uploads.FullName, "c.txt"), "a file");
        var file = Path.Combine(Directory.CreateTempSubdirectory("bs-backup").FullName, "site.zip");
        Assert.Equal(0, await CommandLine.RunAsync(["backup", file, .. await site.ArgumentsAsync()], BackupCommands.Backup()));

        await AddAsync(file, "media/.DS_Store", "media/uploads/.htaccess");
        Assert.Equal(0, await CommandLine.RunAsync(["restore", file, .. await place.ArgumentsAsync()], BackupCommands.Restore()));
        await AddAsync(file, "media/uploads/../../elsewhere");
        Assert.Equal(1, await CommandLine.RunAsync(["restore", file, .. await another.ArgumentsAsync()], BackupCommands.Restore()));

        var media = Directory.EnumerateFiles(Path.Combine(place.Folder, "media"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).ToList();
        Assert.Contains("c.txt", media);
        Assert.DoesNotContain(media, name => name.StartsWith('.'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(another.Folder));
    }

    /// <summary>Files of a backup that its list counts.</summary>
    private static async Task AddAsync(string backup, params string[] names)
    {
        await using var zip = await ZipFile.OpenAsync(backup, ZipArchiveMode.Update, TestContext.Current.CancellationToken);
        foreach (var name in names)
        {
            await using var writer = new StreamWriter(await zip.CreateEntry(name).OpenAsync());
            await writer.WriteAsync("from beside");
        }
        await ChangeAsync(zip, "broadsheet-backup.json", text => Regex.Replace(text, "(?<=\"media_files\":)\\d+", m => $"{int.Parse(m.Value, CultureInfo.InvariantCulture) + names.Length}"));
    }

    private static async Task<string> EditionAsync(BroadsheetSite of) => (await of.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None)).Edition;

    private static async Task ChangeAsync(ZipArchive zip, string name, Func<string, string> change)
    {
        var entry = zip.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(await entry.OpenAsync())) text = await reader.ReadToEndAsync();
        entry.Delete();
        await using var writer = new StreamWriter(await zip.CreateEntry(name).OpenAsync());
        Assert.NotEqual(text, change(text));
        await writer.WriteAsync(change(text));
    }

    [Fact]
    public async Task What_is_no_backup_and_a_place_that_is_not_empty_are_refused_in_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("bs-backup").FullName;
        var noBackup = Path.Combine(folder, "no.zip");
        await File.WriteAllTextAsync(noBackup, "not a zip file");

        Assert.Equal(1, await CommandLine.RunAsync(["restore", noBackup, "--data", Path.Combine(folder, "fresh")], BackupCommands.Restore()));
        Assert.False(Directory.Exists(Path.Combine(folder, "fresh")));
        Assert.Equal(1, await CommandLine.RunAsync(["restore", noBackup, "--data", folder], BackupCommands.Restore()));
        Assert.Equal(1, await CommandLine.RunAsync(["restore", Path.Combine(folder, "missing.zip"), "--data", Path.Combine(folder, "fresh")], BackupCommands.Restore()));
        Assert.Equal(2, await CommandLine.RunAsync(["restore"], BackupCommands.Restore()));
    }

    public sealed class OnSqlite(SqliteSite site, BackupTests.FreshSqlite other) : BackupTests(site, other), IClassFixture<SqliteSite>, IClassFixture<BackupTests.FreshSqlite>
    {
        protected override BroadsheetSite NewPlace() => new FreshSqlite();
    }

    public sealed class OnPostgres(PostgresSite site, BackupTests.FreshPostgres other) : BackupTests(site, other), IClassFixture<PostgresSite>, IClassFixture<BackupTests.FreshPostgres>
    {
        protected override BroadsheetSite NewPlace() => new FreshPostgres();
    }

    /// <summary>Sites that are not started before something was restored into them.</summary>
    public sealed class FreshSqlite : SqliteSite
    {
        public override ValueTask InitializeAsync() => ValueTask.CompletedTask;
    }

    public sealed class FreshPostgres : PostgresSite
    {
        public override ValueTask InitializeAsync() => ValueTask.CompletedTask;
    }
}
