using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>What search engines are told of a list.</summary>
public abstract class ListHeadTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_list_that_nobody_has_described_is_described_by_what_is_newest_in_it()
    {
        await site.PublishAsync(new ArticleEdit("The harbour <em>reopens</em>", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = new DateTimeOffset(2019, 3, 4, 8, 0, 0, TimeSpan.Zero) });
        using var reader = site.NewReader();

        Assert.Contains("<meta name=\"description\" content=\"March 2019: The harbour reopens\">", await reader.Http.GetStringAsync(new Uri("/2019/03/", UriKind.Relative)), StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteSite site) : ListHeadTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ListHeadTests(site), IClassFixture<PostgresSite>;
}
