using System.Net;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>Every row of the table of WordPress's addresses: what answers, where it leads, what it holds.</summary>
public abstract class AddressTableTests(BroadsheetSite site) : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2020, 2, 20, 10, 11, 12, TimeSpan.Zero);
    private static readonly Dictionary<BroadsheetSite, Ids> Seeded = [];

    private sealed record Ids(long Article, long Page, long Category, long Author, long Attachment, long Bare);

    public static TheoryData<string, int, string> Rows => new()
    {
        { "/", 200, "Harbour reopens" },
        { "/2020/02/20/harbour-reopens/", 200, "First page words" },
        { "/2020/02/20/harbour-reopens", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/2/20/harbour-reopens/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2019/01/01/harbour-reopens/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/HARBOUR-reopens/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/harbour-reopens/?utm_source=x", 200, "First page words" },
        { "/2020/02/20/harbour-reopens?utm_source=x", 301, "/2020/02/20/harbour-reopens/?utm_source=x" },
        { "/2020/02/20/harbour-reopens/2/", 200, "Second page words" },
        { "/2020/02/20/harbour-reopens/3/", 404, "" },
        { "/2020/02/20/harbour-reopens/page/2/", 301, "/2020/02/20/harbour-reopens/2/" },
        { "/2020/02/20/harbour-reopens/comment-page-1/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/harbour-reopens/comment-page-9/", 404, "" },
        { "/2020/02/20/harbour-reopens/?cpage=1", 200, "First page words" },
        { "/2020/02/20/harbour-reopens/feed/", 200, "<rss" },
        { "/2020/02/20/harbour-reopens/feed/atom/", 200, "<feed" },
        { "/2020/02/20/harbour-reopens/embed/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/harbour-reopens/trackback/", 301, "/2020/02/20/harbour-reopens/" },
        { "/harbour-reopens/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/harbour-reo/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/old-name/", 301, "/2020/02/20/harbour-reopens/" },
        { "/2020/02/20/nothing-like-it/", 404, "There is nothing at this address" },
        { "/?p={article}", 301, "/2020/02/20/harbour-reopens/" },
        { "/?p={page}", 301, "/about/" },
        { "/?page_id={page}", 301, "/about/" },
        { "/?name=harbour-reopens", 301, "/2020/02/20/harbour-reopens/" },
        { "/?pagename=about/staff", 301, "/about/staff/" },
        { "/?m=2020", 301, "/2020/" },
        { "/?m=202002", 301, "/2020/02/" },
        { "/?m=20200220", 301, "/2020/02/20/" },
        { "/?cat={category}", 301, "/category/news/local/" },
        { "/?category_name=local", 301, "/category/news/local/" },
        { "/?tag=ferries", 301, "/tag/ferries/" },
        { "/?author={author}", 301, "/author/mara/" },
        { "/?author_name=mara", 301, "/author/mara/" },
        { "/?s=harbour", 200, "Harbour reopens" },
        { "/?feed=rss2", 200, "<rss" },
        { "/?feed=atom", 200, "<feed" },
        { "/?feed=comments-rss2", 200, "Comments for" },
        { "/?paged=2", 200, "" },
        { "/category/news/", 200, "Harbour reopens" },
        { "/category/news/local/", 200, "Harbour reopens" },
        { "/category/local/", 301, "/category/news/local/" },
        { "/category/nothing/", 404, "" },
        { "/category/news/local/page/1/", 301, "/category/news/local/" },
        { "/category/news/local/page/9/", 404, "" },
        { "/category/news/local/feed/", 200, "<rss" },
        { "/tag/ferries/", 200, "Harbour reopens" },
        { "/tag/ferries/feed/atom/", 200, "<feed" },
        { "/author/mara/", 200, "Harbour reopens" },
        { "/author/nobody/", 404, "" },
        { "/author/mara/feed/", 200, "<rss" },
        { "/2020/", 200, "Harbour reopens" },
        { "/2020/02/", 200, "Harbour reopens" },
        { "/2020/02/20/", 200, "Harbour reopens" },
        { "/2020/02/20", 301, "/2020/02/20/" },
        { "/2020/13/", 404, "" },
        { "/2020/02/31/", 404, "" },
        { "/2020/02/feed/", 200, "<rss" },
        { "/search/harbour/", 200, "Harbour reopens" },
        { "/search/harbour/feed/", 200, "<rss" },
        { "/page/1/", 301, "/" },
        { "/page/2/", 200, "" },
        { "/page/99/", 404, "" },
        { "/about/", 200, "About us" },
        { "/about/staff/", 200, "Who we are" },
        { "/about/2019/", 200, "The year that was" },
        { "/about/2018/", 404, "" },
        { "/staff/", 301, "/about/staff/" },
        { "/feed/", 200, "<rss" },
        { "/feed/rss2/", 200, "<rss" },
        { "/feed/atom/", 200, "<feed" },
        { "/feed/rdf/", 200, "rdf:RDF" },
        { "/feed/rss/", 200, "0.92" },
        { "/feed/feed/", 200, "<rss" },
        { "/atom/", 200, "<feed" },
        { "/rss2/", 200, "<rss" },
        { "/comments/feed/", 200, "Comments for" },
        { "/comments/feed/atom/", 200, "<feed" },
        { "/wp-rss2.php", 301, "/feed/" },
        { "/wp-rss.php", 301, "/feed/" },
        { "/wp-atom.php", 301, "/feed/atom/" },
        { "/wp-rdf.php", 301, "/feed/rdf/" },
        { "/wp-feed.php", 301, "/feed/" },
        { "/wp-commentsrss2.php", 301, "/comments/feed/" },
        { "/wp-sitemap.xml", 200, "wp-sitemap-posts-post-1.xml" },
        { "/wp-sitemap-posts-post-1.xml", 200, "/2020/02/20/harbour-reopens/" },
        { "/wp-sitemap-posts-page-1.xml", 200, "/about/staff/" },
        { "/wp-sitemap-taxonomies-category-1.xml", 200, "/category/news/local/" },
        { "/wp-sitemap-taxonomies-post_tag-1.xml", 200, "/tag/ferries/" },
        { "/wp-sitemap-users-1.xml", 200, "/author/mara/" },
        { "/wp-sitemap-posts-post-2.xml", 404, "" },
        { "/sitemap.xml", 301, "/wp-sitemap.xml" },
        { "/news-sitemap.xml", 200, "urlset" },
        { "/wp-sitemap.xsl", 200, "xsl:stylesheet" },
        { "/wp-sitemap-index.xsl", 200, "xsl:stylesheet" },
        { "/index.php/2020/", 301, "/2020/" },
        { "/index.php/2020/02/20/harbour-reopens/?utm_source=x", 301, "/2020/02/20/harbour-reopens/?utm_source=x" },
        { "/?attachment_id={attachment}", 301, "/harbour-map/" },
        { "/?attachment_id={bare}", 301, "/wp-content/uploads/2020/02/bare.jpg" },
        { "/?p={attachment}", 301, "/harbour-map/" },
        { "/?p=987654321", 404, "There is nothing at this address" },
        { "/robots.txt", 200, "Disallow: /wp-admin/" },
        { "/xmlrpc.php?rsd", 200, "WP-API" },
        { "/xmlrpc.php", 405, "POST" },
        { "/favicon.ico", 204, "" },
        { "/index.php", 301, "/" },
        { "/?share=twitter", 200, "Harbour reopens" },
        { "/?like_comment=5", 200, "Harbour reopens" },
        { "/wp-content/uploads/2020/02/none.jpg", 404, "" },
        { "/a//b", 404, "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_address_of_WordPress_answers_as_there(string path, int status, string expected)
    {
        var ids = Seeded[site];
        path = path.Replace("{article}", $"{ids.Article}").Replace("{page}", $"{ids.Page}").Replace("{category}", $"{ids.Category}").Replace("{author}", $"{ids.Author}").Replace("{attachment}", $"{ids.Attachment}").Replace("{bare}", $"{ids.Bare}");
        using var reader = site.NewReader();

        using var answer = await reader.GetAsync(path);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        if (status is 301) Assert.Equal(expected, answer.Headers.Location!.OriginalString);
        else Assert.Contains(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/feed/")]
    [InlineData("/2020/02/20/harbour-reopens/")]
    [InlineData("/wp-sitemap.xml")]
    public async Task What_has_not_changed_is_not_sent_again(string path)
    {
        using var reader = site.NewReader();
        using var first = await reader.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await reader.Http.SendAsync(request);

        Assert.False(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_feed_that_has_not_changed_since_its_date_is_not_sent_again()
    {
        using var reader = site.NewReader();
        using var first = await reader.GetAsync("/feed/");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/feed/", UriKind.Relative));
        request.Headers.IfModifiedSince = first.Content.Headers.LastModified;

        using var second = await reader.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Apps_find_the_RSD_link_in_exactly_this_spelling()
    {
        using var reader = site.NewReader();

        var home = await reader.ReadAsync("/");

        Assert.Contains($"<link rel=\"EditURI\" type=\"application/rsd+xml\" title=\"RSD\" href=\"{site.Url}xmlrpc.php?rsd\" />", home, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        if (Seeded.ContainsKey(site)) return;
        await site.SetAsync(p => p with { PostsPerPage = 2 });
        var (author, category) = await site.Writes.RunAsync(async (scope, ct) =>
        {
            var mara = new Person { UserName = "mara", NormalizedUserName = "MARA", DisplayName = "Mara Ellison", Slug = "mara", SecurityStamp = "x" };
            scope.Db.Users.Add(mara);
            var news = await TermLedger.FindOrAddAsync(scope, Term.Category, "News", null, ct);
            return (mara, await TermLedger.FindOrAddAsync(scope, Term.Category, "Local", news, ct));
        }, CancellationToken.None);
        var edit = new ArticleEdit("Harbour reopens", "<p>First page words about the harbour.</p><!--nextpage--><p>Second page words.</p>", BodyFormat.WordPress)
        {
            Status = ArticleStatus.Published,
            PublishedAt = Day,
            AuthorId = author.Id,
            Categories = [category],
            Tags = ["Ferries"],
            Slug = "old-name",
        };
        var article = await site.PublishAsync(edit);
        await site.EditAsync(article.Id, edit with { Slug = "harbour-reopens" });
        for (var i = 0; i < 4; i++) await site.PublishAsync(edit with { Title = $"Earlier {i}", Slug = $"earlier-{i}", Categories = [], Tags = [], PublishedAt = Day.AddYears(-1).AddDays(i) });
        var page = await site.PublishAsync(new ArticleEdit("About us", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Slug = "about", Status = ArticleStatus.Published });
        await site.PublishAsync(new ArticleEdit("Who we are", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Slug = "staff", ParentId = page.Id, Status = ArticleStatus.Published });
        await site.PublishAsync(new ArticleEdit("The year that was", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Slug = "2019", ParentId = page.Id, Status = ArticleStatus.Published });
        Seeded[site] = new Ids(article.Id, page.Id, category, author.Id, await AttachAsync(article.Id, "harbour-map"), await AttachAsync(article.Id, null));
        await site.IndexAsync();
    }

    /// <summary>An attachment as an import leaves it.</summary>
    private Task<long> AttachAsync(long parent, string? path) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var attachment = Article.Create(ArticleKind.Attachment, ArticleStatus.Inherit, Day, null);
        attachment.Place(path ?? "", path, parent);
        scope.Db.Articles.Add(attachment);
        await scope.FlushAsync(ct);
        var file = new Core.Publishing.Media(attachment.Id, $"/wp-content/uploads/2020/02/{path ?? "bare"}.jpg", "image/jpeg", "");
        file.Arrived(10, "image/jpeg", null, null, moves: false);
        scope.Db.Media.Add(file);
        return attachment.Id;
    }, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public sealed class OnSqlite(SqliteSite site) : AddressTableTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AddressTableTests(site), IClassFixture<PostgresSite>;
}
