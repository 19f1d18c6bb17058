using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Parser;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Data.Sqlite;

namespace Broadsheet.Web.Tests.Durability;

/// <summary>A full disk and a locked database: a clear page, the words kept, and healing without a restart.</summary>
public sealed class StorageTroubleTests
{
    [Fact]
    public async Task A_locked_database_keeps_the_words_and_heals()
    {
        await using var site = new SqliteSite();
        await site.InitializeAsync();
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("Locked out");
        using var reader = site.NewReader();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(site.Folder, "broadsheet.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN IMMEDIATE");
            await AssertKeptAsync(reader, article.Path, "Words for a locked database.", "Another program holds the database");
            Assert.Contains("Locked out", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
            await ExecuteAsync(other, "ROLLBACK");
        }

        using var after = await reader.CommentAsync(article.Path, "Words for a locked database.");
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task A_full_disk_keeps_the_words_and_heals()
    {
        var disk = Directory.CreateTempSubdirectory("bs-disk").FullName;
        if (await MountAsync("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk) != 0) Assert.Skip("A small disk can be mounted by root only.");
        try
        {
            await using var site = new SiteOnDisk(disk);
            await site.InitializeAsync();
            await site.SetAsync(p => p with { HoldFirst = false });
            var article = await site.PublishAsync("No room");
            using var reader = site.NewReader();
            var ballast = Path.Combine(disk, "ballast");
            await FillAsync(ballast);

            var words = string.Concat(Enumerable.Repeat("Words for a full disk. ", 2_000));
            await AssertKeptAsync(reader, article.Path, words.Trim(), "The disk that holds the database is full");

            File.Delete(ballast);
            using var after = await reader.CommentAsync(article.Path, words);
            Assert.Equal(HttpStatusCode.Found, after.StatusCode);
            Assert.Contains("Words for a full disk.", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
        }
        finally
        {
            await MountAsync("umount", "-l", disk);
        }
    }

    private static async Task AssertKeptAsync(ReaderClient reader, string path, string words, string reason)
    {
        using var answer = await reader.CommentAsync(path, words);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal(words, page.QuerySelector("#comment")!.TextContent);
        Assert.Contains(reason, page.QuerySelector("#form-problem")!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task FillAsync(string path)
    {
        try
        {
            await using var file = File.Create(path);
            var block = new byte[4096];
            while (true)
            {
                await file.WriteAsync(block);
                await file.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full: that was the point.
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int> MountAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>A site whose data folder is the small disk.</summary>
    private sealed class SiteOnDisk(string disk) : BroadsheetSite(Path.Combine(disk, "data"))
    {
        protected override Task<string[]> ConfigurationAsync() => Task.FromResult<string[]>(["--Database:MapMegabytes=0"]);
    }
}
