using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>Two servers on one database: what one takes back, the other forgets.</summary>
public sealed class TwoNodeTests(PostgresSite first) : IClassFixture<PostgresSite>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Words_changed_settings_and_menus_reach_the_other_server()
    {
        await using var second = new SecondNode(first);
        await second.InitializeAsync();
        var edit = new ArticleEdit("Shared", "<p>OLDWORDS</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await first.PublishAsync(edit);
        var page = await first.PublishAsync(new ArticleEdit("Contact", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published });
        using var reader = second.NewReader();
        Assert.Contains("OLDWORDS", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await first.EditAsync(article.Id, edit with { Body = "<p>NEWWORDS</p>" });
        await first.EditAsync(page.Id, new ArticleEdit("Write to us", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published });
        await first.SetAsync(p => p with { Tagline = "A new line below the title" });

        await WaitAsync(reader, article.Path, text => text.Contains("NEWWORDS", StringComparison.Ordinal) && !text.Contains("OLDWORDS", StringComparison.Ordinal));
        await WaitAsync(reader, article.Path, text => text.Contains(">Write to us<", StringComparison.Ordinal));
        await WaitAsync(reader, "/", text => text.Contains("A new line below the title", StringComparison.Ordinal));
    }

    private static async Task WaitAsync(ReaderClient reader, string path, Func<string, bool> isSo)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!isSo(await reader.ReadAsync(path)))
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < Limit, $"{path} is as it was");
            await Task.Delay(50);
        }
    }

    private sealed class SecondNode(BroadsheetSite first) : BroadsheetSite
    {
        /// <summary>After the folder, which is its own.</summary>
        protected override async Task<string[]> ConfigurationAsync() => (await first.ArgumentsAsync())[2..];
    }
}
