using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Screening.Models;
using Broadsheet.Core.Text;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Features.Moderation;
using Broadsheet.Web.Features.Moderation.Models;
using Broadsheet.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.House;

/// <summary>
/// What the hot pieces of work take of memory: about 1.3 × of what they took when these were written (2026-11-29, .NET 10, x64), which stands beside each. A change that
/// goes over its budget has a reason to be looked at, or to raise it. The benchmarks (bench/Broadsheet.Benchmarks) measure the same on more.
/// </summary>
public sealed class AllocationTests
{
    private const string Paragraph = "The harbour was quiet in the morning and the boats came in late, with less than was hoped for and more than was feared. ";
    private static readonly string Words = string.Concat(Enumerable.Repeat(Paragraph, 4));

    /// <summary>About 10,000 characters.</summary>
    private static readonly string Article = string.Concat(Enumerable.Range(1, 20).Select(n => $"{(n % 5 == 0 ? $"## Part {n}\n\n" : "")}{Words}See [the list](https://example.org/{n}) and *mind the tide*.\n\n"));

    private static readonly string Html = string.Concat(Enumerable.Range(1, 20).Select(n => $"<p>{Words}See <a href=\"https://example.org/{n}\">the list</a> and <em>mind the tide</em>.</p>\n"));

    /// <summary>Today: 388,408 bytes.</summary>
    [Fact]
    public void Rendering_an_article_of_Markdown() =>
        Assert.InRange(Allocations.Of(() => ArticleRenderer.Render(Article, BodyFormat.Markdown, RenderContext.Default)), 1, 505_000);

    /// <summary>Today: 308,624.</summary>
    [Fact]
    public void Cleaning_an_article_of_HTML() =>
        Assert.InRange(Allocations.Of(() => Sanitiser.Clean(Html, MarkupRights.Editor)), 1, 400_000);

    /// <summary>Today: 13,520.</summary>
    [Fact]
    public void Rendering_a_comment() =>
        Assert.InRange(Allocations.Of(() => CommentText.Render($"{Paragraph}{Paragraph}\n\n> Is that so?\n\nIt *is*: https://example.org/tides", "en")), 1, 17_600);

    /// <summary>Of 400 characters, with both models and 1,000 listed words. Today: 185,080.</summary>
    [Fact]
    public void Screening_a_comment_by_all_checks_of_this_server()
    {
        var models = BaseModels.Load(Site.ProgramFolder, static _ => { });
        var screen = new Screen([.. CheckOrder.All, new SpamModelCheck(models.Spam, () => null), new ToxicityCheck(models.Toxicity, () => null)], static (_, failure) => throw failure);
        var text = string.Concat(Enumerable.Repeat("I walked down to the harbour this morning, and the new wall is higher than the council said it would be. ", 4))[..400];
        var draft = CommentDraft.Read(new CommentFields(1, null, text, "Anna Berg", "anna@berg.example", "https://annaberg.example/"), nameAndEmailRequired: true).Value;
        var submission = new CommentSubmission(draft, new CommentOrigin(null, "192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64)", DateTimeOffset.UnixEpoch, default), text, 1, false, TimeSpan.FromSeconds(30), false, true) { LinkHosts = ["annaberg.example"] };
        var rules = new ScreeningRules(false, true, 2, [.. Enumerable.Range(0, 500).Select(Entry)], [.. Enumerable.Range(500, 500).Select(Entry)]);
        var facts = new ScreeningFacts(1, rules) { History = new WriterHistory(3, 0, 3, 0) };

        Assert.InRange(Allocations.Of(() => Assert.True(screen.JudgeAsync(submission, facts, CancellationToken.None) is { IsCompletedSuccessfully: true })), 1, 241_000);

        static string Entry(int i) => string.Create(CultureInfo.InvariantCulture, $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}word{i}");
    }

    /// <summary>5 articles with 100 comments each. Today: 1,014,856.</summary>
    [Fact]
    public void Reading_an_export_of_WordPress()
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><title>Weighed</title><wp:wxr_version>1.2</wp:wxr_version>");
        for (var i = 1; i <= 5; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<item><title>Article {i}</title><dc:creator>desk</dc:creator><content:encoded><![CDATA[<p>{new string('x', 4_000)}</p>]]></content:encoded><wp:post_id>{i}</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>");
            for (var c = 1; c <= 100; c++)
                xml.Append(CultureInfo.InvariantCulture, $"<wp:comment><wp:comment_id>{i * 1000 + c}</wp:comment_id><wp:comment_author>Reader</wp:comment_author><wp:comment_date_gmt>2026-01-01 08:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{new string('y', 400)}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment>");
            xml.Append("</item>");
        }
        var export = Encoding.UTF8.GetBytes(xml.Append("</channel></rss>").ToString());

        Assert.InRange(Allocations.Of(() => Assert.Equal(500, WxrSurvey.Take(new MemoryStream(export, writable: false)).Comments)), 1, 1_320_000);
    }

    /// <summary>1,000 comments, of which four of five answer an earlier one. Today: 281,520.</summary>
    [Fact]
    public void Numbering_a_thread() => Assert.InRange(Allocations.Of(() =>
    {
        var plan = new ThreadPlan();
        for (var i = 0; i < 1_000; i++) plan.Add(i + 1, i % 5 == 0 ? 0 : i - i % 5 + (i * 7) % (i % 5) + 1, DateTimeOffset.UnixEpoch.AddMinutes(i), i, isNumbered: true);
        plan.Shape();
        plan.Number(0, _ => 0);
        Assert.Equal(200, plan.NewTops);
    }), 1, 366_000);

    /// <summary>Of 60 KB, gzipped, to a reader who brings a cookie: whatever the page's size, the same few bytes. Today: 32.</summary>
    [Fact]
    public async Task Answering_from_the_page_cache()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var store = new PageStore();
        var cache = new PageCache(http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            http.MayCache("article:1", "thread:1");
            return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Html + Html + Html + Html + Html)).AsTask();
        }, store, new PageKeys(hostIsKnown: true), services.GetRequiredService<IServiceScopeFactory>(), new SecondLevel(store, new EvictionLog(isKept: false), new EvictionPosition(), null!, new RenderingRevision(() => ""), TimeProvider.System), new CacheMeter(services.GetRequiredService<IMeterFactory>(), store), TimeProvider.System, NullLogger<PageCache>.Instance);
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        var request = http.Request;
        (request.Method, request.Scheme, request.Host, request.Path) = ("GET", "https", new HostString("news.example"), "/2026/11/29/the-harbour/");
        request.Headers.AcceptEncoding = "gzip, deflate, br";
        request.Headers.Cookie = "js=1; _ga=GA1.2.3";
        await cache.InvokeAsync(http);
        Assert.Single(store.Pages);

        var allocated = Allocations.Of(() =>
        {
            http.Response.Headers.Clear();
            Assert.True(cache.InvokeAsync(http).IsCompletedSuccessfully);
        });

        Assert.Equal("gzip", http.Response.Headers.ContentEncoding);
        Assert.InRange(allocated, 0, 48);
    }
}
