using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Api;

/// <summary>What the API never says, and how much it asks the database.</summary>
public abstract class PrivacyTests(BroadsheetSite site)
{
    public static TheoryData<string> Addresses =>
    [
        "", "wp/v2", "wp/v2/posts?_embed&per_page=100", "wp/v2/posts/{one}?_embed", "wp/v2/posts/{sealed}?_embed", "wp/v2/posts/{sealed}?context=embed", "wp/v2/posts/{draft}", "wp/v2/posts?include={draft},{sealed}&_embed",
        "wp/v2/pages?_embed", "wp/v2/media?_embed&per_page=100", "wp/v2/media/{hidden}", "wp/v2/media?include={hidden}", "wp/v2/comments?_embed&per_page=100", "wp/v2/comments/{held}", "wp/v2/comments/{first}?_embed", "wp/v2/comments?include={held}",
        "wp/v2/comments?post={sealed}", "wp/v2/users?_embed", "wp/v2/users/{author}", "wp/v2/users/{editor}", "wp/v2/categories?_embed", "wp/v2/tags?_embed", "wp/v2/search?search=zzsecret", "wp/v2/search?per_page=100&_embed",
        "wp/v2/posts?search=zzsecret", "wp/v2/comments?search=zzsecret", "oembed/1.0/embed?url={site}/?p={sealed}", "oembed/1.0/embed?url={site}/?p={draft}", "wp/v2/posts/{draft}?password=open%20sesame",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Drafts_held_comments_passwords_and_e_mail_addresses_never_appear(string path)
    {
        using var api = await ApiClient.OpenAsync(site);

        var reply = await api.SendAsync($"/wp-json/{path}");

        Assert.DoesNotContain(ApiSample.Secret, reply.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("open sesame", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@example.org", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1\"", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protected_article_is_empty_until_its_password_is_given()
    {
        using var api = await ApiClient.OpenAsync(site);

        var sealed_ = await api.ReadAsync("/wp-json/wp/v2/posts/{sealed}");
        var open = await api.ReadAsync("/wp-json/wp/v2/posts/{sealed}?password=open%20sesame");

        Assert.Equal("""{"rendered":"","protected":true}""", sealed_["content"]!.ToJsonString());
        Assert.Equal("""{"rendered":"","protected":true}""", sealed_["excerpt"]!.ToJsonString());
        Assert.Contains(ApiSample.Secret, open["content"]!["rendered"]!.ToString(), StringComparison.Ordinal);
        Assert.True((bool)open["content"]!["protected"]!);
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_at_once()
    {
        using var api = await ApiClient.OpenAsync(site);
        var edit = new ArticleEdit("Brief", "<p>For a moment.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var article = await site.PublishAsync(edit);
        Assert.Equal(200, (await api.SendAsync($"/wp-json/wp/v2/posts/{article.Id}")).Status);

        await site.EditAsync(article.Id, edit with { Status = ArticleStatus.Draft });

        Assert.Equal(401, (await api.SendAsync($"/wp-json/wp/v2/posts/{article.Id}")).Status);
        Assert.Equal("[]", (await api.ReadAsync($"/wp-json/wp/v2/posts?include={article.Id}")).ToJsonString());
    }

    /// <summary>Fewer than one for each item: the sample has four articles, each with an author, terms and comments.</summary>
    [Theory]
    [InlineData("posts?per_page=100", 4)]
    [InlineData("posts?_embed&per_page=100", 10)]
    [InlineData("pages?per_page=100", 4)]
    [InlineData("media?_embed=author&per_page=100", 5)]
    [InlineData("comments?per_page=100", 4)]
    [InlineData("comments?_embed&per_page=100", 7)]
    [InlineData("categories?per_page=100", 2)]
    [InlineData("users?per_page=100", 2)]
    [InlineData("search?search=harbour&per_page=100", 4)]
    public async Task A_longer_list_asks_the_database_no_more_often(string path, int budget)
    {
        using var api = await ApiClient.OpenAsync(site);
        await api.ReadAsync("/wp-json/");

        var statements = await StatementsAsync(api, path);

        Assert.True(statements.Count > 0 && statements.Count <= budget, $"{statements.Count} statements\n{string.Join("\n\n", statements)}");
    }

    /// <summary>The least of three: the site's settings and index may just be read again after an eviction.</summary>
    private async Task<IReadOnlyList<string>> StatementsAsync(ApiClient api, string path)
    {
        var runs = new List<IReadOnlyList<string>>();
        for (var i = 0; i < 3; i++)
        {
            site.Statements.Reset();
            await api.ReadAsync($"/wp-json/wp/v2/{path}");
            runs.Add(site.Statements.Statements);
        }
        return runs.MinBy(r => r.Count)!;
    }

    public sealed class OnSqlite(SqliteSite site) : PrivacyTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PrivacyTests(site), IClassFixture<PostgresSite>;
}
