using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Search;

public abstract class IndexSearchTests(BroadsheetSite site)
{
    /// <summary>Several servers on one database index at once, or one at the moment when the other begins.</summary>
    [Fact]
    public async Task Each_article_and_comment_has_one_document_however_many_make_it()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var indexer = site.App.Services.GetServices<IRecurring>().Single(r => r.GetType().Name == "IndexSearch");
        using var reader = site.NewReader();
        for (var i = 0; i < 15; i++)
        {
            var article = await site.PublishAsync($"Zebra {i} crossing");
            using (await reader.CommentAsync(article.Path, $"Stripes {i}.", $"Ann {i}")) { }
            await site.Writes.RunAsync(async (scope, ct) => { for (var n = 0; n < 300; n++) scope.Db.SearchPending.Add(new SearchPending { ArticleId = article.Id }); await scope.FlushAsync(ct); }, CancellationToken.None);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => indexer.RunAsync(CancellationToken.None))));
        }
        await site.IndexAsync();

        var documents = await site.ReadAsync(db => db.SearchDocuments.Where(d => d.Words.Contains("zebra") || d.Words.Contains("stripes")).Select(d => new { d.ArticleId, d.CommentId }).ToListAsync());
        Assert.Equal(30, documents.Count);
        Assert.Equal(30, documents.Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_document_of_the_same_is_refused(bool ofComment)
    {
        SearchDocument Document() => new() { ArticleId = 77, CommentId = ofComment ? 770 : null, Words = "twice", At = DateTimeOffset.UnixEpoch };
        await site.Writes.RunAsync((scope, ct) => scope.InsertManyAsync([Document()], ct), CancellationToken.None);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => site.Writes.RunAsync((scope, ct) => scope.InsertManyAsync([Document()], ct), CancellationToken.None));

        Assert.True(site.Engine.IsUniqueViolation(refused), refused.ToString());
    }

    public sealed class OnSqlite(SqliteSite site) : IndexSearchTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : IndexSearchTests(site), IClassFixture<PostgresSite>;
}
