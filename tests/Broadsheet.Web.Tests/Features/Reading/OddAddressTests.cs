using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>Addresses that nobody links to: answered, never with a fault of ours.</summary>
public abstract class OddAddressTests(BroadsheetSite site)
{
    public static TheoryData<string> Addresses =>
    [
        "/?name=a%00b", "/?tag=a%00b", "/?s=a%00b", "/?pagename=a%00", "/tag/a%00b/", "/a%00b/", "/?category_name=a%00", "/?author_name=a%00", "/?p=1&x=%00", "/?feed=a%00",
        "/wp-json/wp/v2/posts?search=a%00b", "/wp-json/wp/v2/posts?slug=a%00", "/author/a%00/", "/a%00/feed/", "/search/a%00/feed/",
        "/?p=9223372036854775807", "/?p=99999999999999999999", "/?paged=2147483647", "/page/99999999999/", "/?cpage=2147483647&p=1", "/?m=0000", "/0000/", "/9999/", "/9999/12/", "/9999/12/31/", "/9999/12/31/feed/", "/9998/12/31/",
        "/wp-sitemap-posts-post-2147483647.xml", "/wp-sitemap-posts-post-1100000.xml", "/wp-sitemap-taxonomies-category-1073742.xml", "/wp-sitemap-users-50001.xml", "/wp-sitemap-posts-post-99999999999.xml",
        "/wp-json/wp/v2/posts?page=2147483647&per_page=100", "/wp-json/wp/v2/posts?offset=2147483647", "/wp-json/wp/v2/posts?after=0001-01-01T00:00:00",
        "/?s='%22%5C:*%26%7C!()", "/search/%F0%9F%98%80/", "/?s=%ED%A0%80", "/%ED%A0%80/",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_odd_address_is_answered(string path)
    {
        using var reader = site.NewReader();

        using var answer = await reader.Http.GetAsync(new Uri(site.Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.InRange((int)answer.StatusCode, 200, 499);
    }

    public sealed class OnSqlite(SqliteSite site) : OddAddressTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : OddAddressTests(site), IClassFixture<PostgresSite>;
}
