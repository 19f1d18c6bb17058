using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>Bodies that an older version rendered, or that a changed setting shows differently, are rendered again in the background.</summary>
public abstract class RenderAgainTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_an_older_version_rendered_is_rendered_again()
    {
        await site.SetAsync(p => p with { HoldFirst = false, RenderedWith = "an older version" });
        List<PublishedArticle> articles = [];
        for (var i = 0; i < 45; i++) articles.Add(await site.PublishAsync($"Old rendering {i}", $"<p>Words {i}.</p>"));
        using var reader = site.NewReader();
        using var comment = await reader.CommentAsync(articles[44].Path, "A *comment*.");
        await MakeOldAsync(db => db.Articles.ExecuteUpdateAsync(set => set.SetProperty(a => a.BodyHtml, "<p>As it was.</p>").SetProperty(a => a.BodyVersion, 0)));
        await MakeOldAsync(db => db.Comments.ExecuteUpdateAsync(set => set.SetProperty(c => c.BodyHtml, "<p>As it was.</p>").SetProperty(c => c.BodyVersion, 0)));
        Assert.Contains("As it was.", await reader.ReadAsync(articles[44].Path), StringComparison.Ordinal);

        await site.RenderAgainAsync();

        var page = await reader.ReadAsync(articles[44].Path);
        Assert.Contains("Words 44.", page, StringComparison.Ordinal);
        Assert.Contains("<em>comment</em>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("As it was.", page, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.BodyVersion != ArticleRenderer.Version || a.BodyHtml.Contains("As it was"))));
    }

    [Fact]
    public async Task A_setting_that_allows_a_host_shows_its_pictures()
    {
        await site.SetAsync(p => p with { MediaHosts = [] });
        var article = await site.PublishAsync(new ArticleEdit("Pictures of another host", "<p><img src=\"https://pictures.example/a.jpg\" alt=\"A boat\"></p>", BodyFormat.Html) { Status = ArticleStatus.Published });
        using var reader = site.NewReader();
        Assert.Null((await reader.OpenAsync(article.Path)).QuerySelector(".article-body img"));

        await site.SetAsync(p => p with { MediaHosts = ["pictures.example"] });
        await site.RenderAgainAsync();

        Assert.Equal("https://pictures.example/a.jpg", (await reader.OpenAsync(article.Path)).QuerySelector(".article-body img")!.GetAttribute("src"));
    }

    /// <summary>As an older version of the program would have left it, with the pages that showed it.</summary>
    private Task MakeOldAsync(Func<BroadsheetDb, Task> change) => site.Writes.RunAsync(async (scope, _) =>
    {
        await change(scope.Db);
        scope.Evict(PublicationStore.Tag);
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : RenderAgainTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RenderAgainTests(site), IClassFixture<PostgresSite>;
}
