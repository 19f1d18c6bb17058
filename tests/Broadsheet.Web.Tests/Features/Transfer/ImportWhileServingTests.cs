using System.Diagnostics;
using System.Net;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>An import by the command line beside a publication that runs on the same database.</summary>
public abstract class ImportWhileServingTests
{
    [Fact]
    [Trait("Category", "Full")]
    public async Task Readers_write_meanwhile_and_see_what_came()
    {
        await using var site = NewSite();
        await site.InitializeAsync();
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Running");
        using var reader = site.NewReader();
        await reader.ReadAsync("/");
        // Where all is compiled and warm, as in a publication that runs.
        for (var n = 0; n < 10; n++) (await reader.CommentAsync(article.Path, $"Before {n}")).Dispose();
        var export = new Export();
        for (var i = 0; i < 24; i++) export.Item(100 + i, $"Imported {i}").Thread(10_000 + i * 500, 500);
        using var import = BroadsheetProgram.Start(["import", "wordpress", export.Write(site.Folder), "--json", .. await site.ArgumentsAsync()]);
        var output = import.StandardOutput.ReadToEndAsync();
        var errors = import.StandardError.ReadToEndAsync();

        var times = new List<double>();
        for (var n = 0; !import.HasExited || n == 0; n++)
        {
            var started = Stopwatch.GetTimestamp();
            using var posted = await reader.PostAsync("/wp-comments-post.php", new Dictionary<string, string> { ["comment_post_ID"] = article.Id.ToString(), ["comment"] = $"Comment {n} while an import runs", ["author"] = "Ann", ["email"] = "ann@example.org" });
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        }
        await import.WaitForExitAsync();

        Assert.Equal(("", 0), (await errors, import.ExitCode));
        Assert.Contains("\"comments\":{\"read\":12000,\"written\":12000", await output, StringComparison.Ordinal);
        times.Sort();
        Assert.True(times.Count > 30, $"{times.Count} comments were posted");
        Assert.True(times[(int)(times.Count * 0.99)] < 500, $"p99 of {times.Count}: {times[(int)(times.Count * 0.99)]:0} ms");
        // A page that was cached before is another now, within a second.
        for (var wait = Stopwatch.StartNew(); !(await reader.ReadAsync("/")).Contains("Imported", StringComparison.Ordinal);) Assert.True(wait.Elapsed < TimeSpan.FromSeconds(3), "the home page does not show what came");
        Assert.Equal(times.Count + 10 + 12_000, await site.ReadAsync(db => db.Comments.CountAsync()));
    }

    protected abstract BroadsheetSite NewSite();

    public sealed class OnSqlite : ImportWhileServingTests
    {
        protected override BroadsheetSite NewSite() => new SqliteSite();
    }

    public sealed class OnPostgres : ImportWhileServingTests
    {
        protected override BroadsheetSite NewSite() => new PostgresSite();
    }
}
