using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>How many statements a page costs when it is not in the cache.</summary>
public abstract class StatementTests(BroadsheetSite site)
{
    private const int Budget = 4;

    [Fact]
    public async Task A_page_from_the_cache_asks_the_database_nothing_and_a_miss_at_most_four_times()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var category = await site.Writes.RunAsync((scope, ct) => TermLedger.FindOrAddAsync(scope, Term.Category, "News", null, ct), CancellationToken.None);
        var edit = new ArticleEdit("One", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Categories = [category], Tags = ["a", "b"] };
        await site.PublishAsync(edit);
        var article = await site.PublishAsync(edit with { Title = "Two" });
        await site.PublishAsync(edit with { Title = "Three" });
        using var reader = site.NewReader();
        using var comment = await reader.CommentAsync(article.Path, "Words.");
        await site.IndexAsync();
        // The settings and the index of the site are in memory from here on.
        await reader.ReadAsync("/");

        foreach (var path in new[] { article.Path, "/", "/category/news/", "/tag/a/", "/feed/", "/comments/feed/", "/?s=words" })
        {
            await site.Writes.RunAsync((scope, _) => { scope.Evict("lists"); scope.Evict("comments"); scope.Evict($"article:{article.Id}"); return Task.CompletedTask; }, CancellationToken.None);
            site.Statements.Reset();
            await reader.ReadAsync(path);
            var miss = site.Statements.Statements;
            site.Statements.Reset();
            await reader.ReadAsync(path);

            Assert.True(miss.Count is > 0 and <= Budget, $"{path}: {miss.Count} statements\n{string.Join("\n\n", miss)}");
            Assert.Empty(site.Statements.Statements);
        }
    }

    public sealed class OnSqlite(SqliteSite site) : StatementTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : StatementTests(site), IClassFixture<PostgresSite>;
}
