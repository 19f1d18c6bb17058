using System.Text.RegularExpressions;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>An import that stops in the middle of its work, again and again, ends as one that was left alone.</summary>
public abstract class InterruptedImportTests
{
    internal static Export Sample() => new Export().Author(2, "ann", "ann@old.example", "Ann Author").Category(4, "town", "Town", "news").Category(3, "news", "News")
        .Item(10, "First").Thread(100, 30)
        .Item(11, "Long", "Body <img class=\"wp-image-14\" src=\"https://old.example/wp-content/uploads/a.jpg\" alt=\"\">").Thread(1_000, 1_200)
        .Item(12, "Child", type: "page", parent: 13).Item(13, "Parent", type: "page").Thread(5_000, 160)
        .Attachment(14, "a.jpg", "A boat", 11)
        .Item(15, "Draft", status: "draft").Item(16, "Last").Thread(6_000, 300);

    [Fact]
    public async Task Stopped_at_random_it_ends_in_the_same_state()
    {
        var wanted = await RunAsync(null);
        for (var seed = 1; seed <= (Suite.IsFull ? 3 : 1); seed++) Assert.Equal(wanted, await RunAsync(new Random(seed)));
    }

    protected abstract BroadsheetSite NewSite();

    /// <param name="stops">Null: none. Else a failure in a commit, at a random one of the next, until it comes through.</param>
    private async Task<string> RunAsync(Random? stops)
    {
        await using var site = NewSite();
        await site.InitializeAsync();
        // Each publication has a secret of its own: here all have the same, so that they can be compared.
        await site.SetAsync(p => p with { Secret = Convert.ToBase64String(new byte[32]) });
        // Someone else has these ids already.
        await site.PublishAsync(new ArticleEdit("Local one", "<p>Ours.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        var file = new ImportRequest(Sample().Write(site.Folder));
        var stopped = 0;
        ImportReport? report = null;
        while (report is null)
        {
            var left = stops is null ? int.MaxValue : stops.Next(1, 4);
            try
            {
                report = await site.ImportAsync(file, _ =>
                {
                    if (--left == 0) throw new InvalidOperationException("stopped");
                });
            }
            catch (InvalidOperationException problem) when (problem.Message == "stopped")
            {
                stopped++;
            }
        }
        if (stops is not null) Assert.True(stopped >= 5, $"stopped {stopped} times");
        var p = report.Progress;
        Assert.Equal((4L, 2L, 1L, 1_690L), (p.Posts.Written, p.Pages.Written, p.Attachments.Written, p.Comments.Written));
        Assert.Equal((0L, 0L), (p.Comments.Present, p.Posts.Present));
        // When the local article was last changed is the test's own doing; and on a slow machine bodies are rendered again meanwhile.
        return string.Join('\n', Regex.Replace(await site.DumpAsync(), "\"RenderedWith\":\"[^\"]*\"", "").Split('\n').Where(l => !l.Contains("Local one", StringComparison.Ordinal)));
    }

    public sealed class OnSqlite : InterruptedImportTests
    {
        protected override BroadsheetSite NewSite() => new SqliteSite();
    }

    public sealed class OnPostgres : InterruptedImportTests
    {
        protected override BroadsheetSite NewSite() => new PostgresSite();
    }
}
