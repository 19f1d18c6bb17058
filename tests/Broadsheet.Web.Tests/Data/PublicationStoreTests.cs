using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Data;

public abstract class PublicationStoreTests(BroadsheetSite site)
{
    [Fact]
    public async Task Those_who_change_settings_at_one_moment_lose_nothing_and_fail_at_nothing()
    {
        await site.SetAsync(p => p with { PostsPerPage = 1, PostsPerFeed = 1 });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => site.SetAsync(p => i % 2 == 0 ? p with { PostsPerPage = p.PostsPerPage + 1 } : p with { PostsPerFeed = p.PostsPerFeed + 1 })));

        var publication = await site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);
        Assert.Equal((11, 11), (publication.PostsPerPage, publication.PostsPerFeed));
    }

    public sealed class OnSqlite(SqliteSite site) : PublicationStoreTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PublicationStoreTests(site), IClassFixture<PostgresSite>;
}
