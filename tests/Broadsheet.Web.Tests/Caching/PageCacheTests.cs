using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Claims;
using System.Text;
using Broadsheet.Web.Caching;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>The middleware by itself, before a program of the test's own.</summary>
public sealed class PageCacheTests
{
    private readonly PageStore _store = new();
    private readonly List<HttpContext> _rendered = [];
    private RequestDelegate _program = _ => Task.CompletedTask;

    [Fact]
    public async Task A_rendering_is_made_for_nobody()
    {
        _program = http => WriteAsync(http, "t");
        await SendAsync(Ask("/feed/", "?utm_source=x&withcomments=1", "js=1; .broadsheet.session=secret; comment_author_own_broadsheet=mine", r => r.Headers.Authorization = "Basic x"));

        var nobody = Assert.Single(_rendered);
        Assert.Empty(nobody.Request.Cookies);
        Assert.Equal(["Host"], nobody.Request.Headers.Keys);
        Assert.False(nobody.User.Identity?.IsAuthenticated ?? false);
        Assert.Null(nobody.Connection.RemoteIpAddress);
        Assert.Equal("?withcomments=1", nobody.Request.QueryString.Value);
        Assert.False(nobody.RequestAborted.CanBeCanceled);
    }

    [Fact]
    public async Task A_reader_who_leaves_does_not_spoil_the_page_for_others()
    {
        using var leaving = new CancellationTokenSource();
        _program = async http =>
        {
            http.MayCache("t");
            await leaving.CancelAsync();
            http.RequestAborted.ThrowIfCancellationRequested();
            await WriteAsync(http, "t");
        };
        var reader = Ask("/a/");
        reader.RequestAborted = leaving.Token;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(reader));

        Assert.Equal("words", Body(await SendAsync(Ask("/a/"))));
        Assert.Single(_rendered);
    }

    [Theory]
    [InlineData(500), InlineData(503), InlineData(404), InlineData(301)]
    public async Task Only_what_ended_well_is_kept(int status)
    {
        _program = async http =>
        {
            await WriteAsync(http, "t");
            http.Response.StatusCode = status;
        };
        Assert.Equal(status, (await SendAsync(Ask("/a/"))).Response.StatusCode);
        Assert.Equal(status, (await SendAsync(Ask("/a/"))).Response.StatusCode);

        Assert.Equal(2, _rendered.Count);
        Assert.Empty(_store.Pages);
    }

    [Fact]
    public async Task A_rendering_that_throws_is_not_kept_and_leaves_the_address_free()
    {
        _program = http =>
        {
            http.MayCache("t");
            throw new InvalidOperationException("broken");
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync(Ask("/a/")));
        _program = http => WriteAsync(http, "t");

        Assert.Equal("words", Body(await SendAsync(Ask("/a/"))));
    }

    [Fact]
    public async Task Readers_at_once_share_one_rendering()
    {
        var gate = new TaskCompletionSource();
        _program = async http =>
        {
            await gate.Task;
            await WriteAsync(http, "t");
        };
        var readers = Enumerable.Range(0, 50).Select(_ => SendAsync(Ask("/a/"))).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(readers), r => Assert.Equal("words", Body(r)));
        Assert.Single(_rendered);
    }

    [Fact]
    public async Task Who_asks_after_a_change_is_not_given_a_rendering_begun_before_it()
    {
        var (first, words) = (new TaskCompletionSource(), "old");
        _program = async http =>
        {
            var read = words;
            if (read == "old") await first.Task;
            await WriteAsync(http, "article:1", read);
        };
        var early = SendAsync(Ask("/a/"));
        words = "new";
        _store.Committed(Page.Evict("article:1"));
        var late = SendAsync(Ask("/a/"));
        first.SetResult();

        Assert.Equal("old", Body(await early));
        Assert.Equal("new", Body(await late));
        Assert.Equal("new", Body(await SendAsync(Ask("/a/"))));
    }

    [Fact]
    public async Task Changes_elsewhere_do_not_multiply_renderings()
    {
        var gate = new TaskCompletionSource();
        _program = async http =>
        {
            await gate.Task;
            await WriteAsync(http, "article:1");
        };
        var readers = new List<Task<HttpContext>>();
        for (var i = 0; i < 20; i++)
        {
            readers.Add(SendAsync(Ask("/a/")));
            _store.Committed(Page.Evict("article:2", "comments"));
        }
        gate.SetResult();

        Assert.All(await Task.WhenAll(readers), r => Assert.Equal("words", Body(r)));
        Assert.Single(_rendered);
        Assert.NotNull(Assert.Single(_store.Pages));
    }

    [Fact]
    public async Task Somebody_to_whom_nothing_shared_can_be_given_is_shown_their_own()
    {
        _program = http => http.Request.Cookies.Count > 0 ? WriteAsync(http, "t", "for you") : NotFoundAsync(http);

        Assert.Equal("for you", Body(await SendAsync(Ask("/a/", "", "js=1; .broadsheet.session=x"))));
        Assert.Equal(404, (await SendAsync(Ask("/a/"))).Response.StatusCode);
        Assert.Empty(_store.Pages);
    }

    [Fact]
    public async Task Without_script_a_known_reader_has_pages_of_their_own_that_nobody_else_gets()
    {
        _program = http => WriteAsync(http, "t", http.Request.Cookies.Count > 0 ? "for you" : "for all");

        Assert.Equal("for you", Body(await SendAsync(Ask("/a/", "", "comment_author_own_broadsheet=x"))));
        Assert.Equal("for all", Body(await SendAsync(Ask("/a/"))));
        Assert.Equal("for all", Body(await SendAsync(Ask("/a/", "", "js=1; comment_author_own_broadsheet=x"))));
        Assert.Equal("for you", Body(await SendAsync(Ask("/a/", "", "js=1; wp-postpass_broadsheet=x"))));
    }

    [Fact]
    public async Task A_page_for_guests_is_not_given_to_who_is_signed_in()
    {
        _program = http =>
        {
            http.OnlyForGuests();
            return WriteAsync(http, "t", http.Request.Cookies.Count > 0 ? "for you" : "for guests");
        };
        const string Session = "js=1; .broadsheet.session=x";

        Assert.Equal("for you", Body(await SendAsync(Ask("/a/", "", Session))));
        Assert.Equal("for guests", Body(await SendAsync(Ask("/a/"))));
        Assert.Equal("for you", Body(await SendAsync(Ask("/a/", "", Session))));
    }

    [Fact]
    public async Task A_redirect_takes_along_the_whole_query()
    {
        _program = http =>
        {
            http.Response.Redirect($"/b/{http.Request.QueryString}");
            return Task.CompletedTask;
        };
        Assert.Equal("/b/?p=1&utm_source=x", (await SendAsync(Ask("/", "?p=1&utm_source=x"))).Response.Headers.Location);
        Assert.Equal("/b/?p=1", (await SendAsync(Ask("/", "?p=1"))).Response.Headers.Location);
    }

    [Fact]
    public async Task A_question_mark_within_a_path_is_no_query()
    {
        _program = http => WriteAsync(http, "t", $"path {http.Request.Path.Value} query {http.Request.QueryString}");

        Assert.Equal("path /search/a?paged=2 query ", Body(await SendAsync(Ask("/search/a?paged=2"))));
        Assert.Equal("path /search/a query ?paged=2", Body(await SendAsync(Ask("/search/a", "?paged=2"))));
    }

    [Theory]
    [InlineData("/newsroom/", false), InlineData("/account", false), InlineData("/wp-json/wp/v2/posts", false), InlineData("/newsroom-reopens/", true), InlineData("/assets-of-the-bank/", true)]
    public async Task Staff_s_and_programs_rooms_are_never_shared_but_articles_named_like_them_are(string path, bool isShared)
    {
        _program = http => WriteAsync(http, "t");
        await SendAsync(Ask(path));

        Assert.Equal(isShared, _store.Pages.Any());
    }

    [Fact]
    public async Task A_HEAD_request_renders_the_page_for_both()
    {
        _program = http => WriteAsync(http, "t", http.Request.Method);
        var head = Ask("/a/");
        head.Request.Method = "HEAD";
        await SendAsync(head);

        Assert.Equal(("", 3), (Body(head), head.Response.ContentLength));
        Assert.Equal("GET", Body(await SendAsync(Ask("/a/"))));
        Assert.Single(_rendered);
    }

    [Fact]
    public async Task A_stale_page_is_given_within_its_interval_and_not_rendered()
    {
        _program = http => WriteAsync(http, "lists", "old");
        await SendAsync(Ask("/"));
        _store.Committed(Page.EvictSoon("lists"));
        Assert.Equal("old", Body(await SendAsync(Ask("/"))));
        Assert.Single(_rendered);
    }

    private async Task<HttpContext> SendAsync(HttpContext http)
    {
        _cache ??= new PageCache(async inner =>
        {
            lock (_rendered) _rendered.Add(inner);
            await _program(inner);
        }, _store, new PageKeys(hostIsKnown: false), Services.GetRequiredService<IServiceScopeFactory>(), new SecondLevel(_store, new EvictionLog(isKept: false), new EvictionPosition(), null!, new RenderingRevision(() => ""), TimeProvider.System), new CacheMeter(Services.GetRequiredService<IMeterFactory>(), _store), TimeProvider.System, NullLogger<PageCache>.Instance);
        await _cache.InvokeAsync(http);
        return http;
    }

    private static readonly ServiceProvider Services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private PageCache? _cache;

    private static DefaultHttpContext Ask(string path, string query = "", string? cookies = null, Action<HttpRequest>? more = null)
    {
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(cookies is null ? null : "session")) };
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new MemoryStream()));
        var request = http.Request;
        (request.Method, request.Scheme, request.Host, request.Path, request.QueryString) = ("GET", "http", new HostString("news.example"), path, new QueryString(query));
        if (cookies is not null) request.Headers.Cookie = cookies;
        more?.Invoke(request);
        return http;
    }

    private static Task WriteAsync(HttpContext http, string tag, string words = "words")
    {
        http.MayCache(tag);
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(words), http.RequestAborted).AsTask();
    }

    private static Task NotFoundAsync(HttpContext http)
    {
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static string Body(HttpContext http) => Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
}
