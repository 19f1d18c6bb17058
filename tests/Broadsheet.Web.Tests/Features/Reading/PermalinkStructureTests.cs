using System.Net;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>A publication under each permalink structure that one may bring from WordPress: every address it makes answers at that address.</summary>
public abstract class PermalinkStructureTests(BroadsheetSite site)
{
    public static TheoryData<string> Structures =>
    [
        "/%year%/%monthnum%/%day%/%postname%/", "/%year%/%monthnum%/%postname%/", "/%postname%/", "/%postname%", "/archives/%post_id%", "/index.php/%year%/%monthnum%/%day%/%postname%/", "/%category%/%postname%/", "/%category%/%post_id%/",
        "/%author%/%postname%/", "/%year%/%monthnum%/%day%/%hour%-%minute%-%second%/%postname%/", "/news/%post_id%/%postname%.html", "/%year%/%postname%", "/%category%/%year%/%postname%/",
    ];

    [Theory]
    [MemberData(nameof(Structures))]
    public async Task Each_address_under_it_answers(string structure)
    {
        var (parent, category) = await site.Writes.RunAsync(async (s, ct) =>
        {
            var news = await TermLedger.FindOrAddAsync(s, Term.Category, "News", null, ct);
            return (news, await TermLedger.FindOrAddAsync(s, Term.Category, "Harbour", news, ct));
        }, CancellationToken.None);
        await site.SetAsync(p => p with { Permalinks = structure, CommentsPerPage = 1, HoldFirst = false, FloodSeconds = 0 });
        var slug = $"story-of-{string.Concat(structure.Where(char.IsAsciiLetter))}";
        var article = await site.PublishAsync(new ArticleEdit("A story", "<p>FIRST</p><!--nextpage--><p>SECOND</p>", BodyFormat.WordPress) { Status = ArticleStatus.Published, Categories = [category], Tags = ["Ferry"], Slug = slug });
        var page = await site.PublishAsync(new ArticleEdit("A page", "<p>PAGE</p><!--nextpage--><p>NEXT</p>", BodyFormat.WordPress) { Kind = ArticleKind.Page, Status = ArticleStatus.Published, Slug = $"page-{slug}" });
        using var reader = site.NewReader();
        for (var i = 0; i < 2; i++)
            using (var answer = await reader.CommentAsync(article.Path, $"Comment number {i} of {structure}.")) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var (slash, front) = (structure.EndsWith('/') ? "/" : "", structure.StartsWith("/index.php", StringComparison.Ordinal) ? "/index.php" : "");
        var year = TimeProvider.System.GetUtcNow().Year;

        (string Path, string Words)[] expected =
        [
            (article.Path, "FIRST"), ($"{article.Path.TrimEnd('/')}/2{slash}", "SECOND"), ($"{article.Path.TrimEnd('/')}/comment-page-2{slash}", "Comment number 1"), ($"{article.Path.TrimEnd('/')}/feed{slash}", "<rss"),
            (page.Path, "PAGE"), ($"{page.Path.TrimEnd('/')}/2{slash}", "NEXT"), ($"{front}/category/news/harbour{slash}", "A story"), ($"{front}/tag/ferry{slash}", "A story"), ($"{front}/{year}{slash}", "A story"), ("/feed/", "<rss"), ("/feed", "<rss"), ("/", "A story"),
        ];

        Assert.True(parent > 0);
        Assert.DoesNotContain("?p=", article.Path, StringComparison.Ordinal);
        foreach (var (path, words) in expected)
        {
            using var answer = await reader.GetAsync(path);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK && body.Contains(words, StringComparison.Ordinal), $"{structure}: {path}: {(int)answer.StatusCode} {answer.Headers.Location}, {(body.Contains(words, StringComparison.Ordinal) ? "with" : "without")} {words}");
        }
    }

    [Fact]
    public void What_the_program_answers_at_is_taken_and_what_articles_may_have_is_not()
    {
        var firsts = site.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!.TrimStart('/').Split('/')[0]).Where(f => f.Length > 0 && f[0] != '{').Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains("newsroom", firsts);
        Assert.DoesNotContain(firsts, f => TakenAddresses.OwnerOf(f) is null);
        Assert.All(Structures, s => Assert.Null(TakenAddresses.Check(PermalinkStructure.Parse(s.Data).Value, "category", "tag")));
    }

    public sealed class OnSqlite(SqliteSite site) : PermalinkStructureTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PermalinkStructureTests(site), IClassFixture<PostgresSite>;
}
