using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Caching.Front;

/// <summary>A cache before two servers: either may have filled it with what the other has just changed.</summary>
public sealed class FrontOfTwoNodesTests(PostgresSite first) : IClassFixture<PostgresSite>
{
    [Fact]
    public async Task The_server_that_did_not_write_purges_too_once_it_has_forgotten()
    {
        await using var front = new PurgeListener();
        await front.StartAsync();
        await using var second = new SecondNode(first, front.Url);
        await second.InitializeAsync();
        var edit = new ArticleEdit("Shared", "<p>OLDWORDS</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await first.PublishAsync(edit);
        using var reader = second.NewReader();
        await reader.ReadAsync(article.Path);
        // Both times of its publishing.
        await Eventually.SeesAsync(() => Task.FromResult(front.CountOf($"article:{article.Id}", hard: true) == 2));
        front.Heard.Clear();

        await first.EditAsync(article.Id, edit with { Body = "<p>NEWWORDS</p>" });

        await Eventually.SeesAsync(() => Task.FromResult(front.CountOf($"article:{article.Id}", hard: true) > 0));
        // What is fetched from here on is right.
        Assert.Contains("NEWWORDS", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
    }

    private sealed class SecondNode(BroadsheetSite first, string purge) : BroadsheetSite
    {
        protected override async Task<string[]> ConfigurationAsync() => [.. (await first.ArgumentsAsync())[2..], $"--Cache:Front:Purge={purge}"];
    }
}
