using System.Net;
using Broadsheet.Core;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Outbound;

public sealed class GuardedHttpTests : IAsyncLifetime
{
    private static readonly OutboundLimits Limits = new(1_000, TimeSpan.FromSeconds(5));
    private WebApplication? _server;

    private Uri Server => new(_server!.Urls.First());

    private string Allowed => $"{Server.Host}:{Server.Port}";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapGet("/small", (HttpRequest request) => $"{request.Headers.UserAgent} {request.Headers.Cookie}");
        _server.MapGet("/large", () => new string('x', 1_001));
        _server.MapGet("/endless", async (HttpResponse response) =>
        {
            for (var i = 0; i < 10_000; i++) await response.WriteAsync(new string('x', 1_000), response.HttpContext.RequestAborted);
        });
        _server.MapGet("/slow", async (HttpContext http) => await Task.Delay(Timeout.Infinite, http.RequestAborted));
        _server.MapGet("/to", (string where) => TypedResults.Redirect(where));
        _server.MapGet("/again/{n:int}", (int n) => TypedResults.Redirect(n == 0 ? "/small" : $"/again/{n - 1}"));
        _server.MapGet("/tagged", (HttpRequest request) => request.Headers.IfNoneMatch == "\"v1\"" && request.Headers.IfModifiedSince == "Thu, 20 Feb 2020 08:00:00 GMT" ? Results.StatusCode(304) : Results.Text("whole"));
        _server.MapGet("/moved", (string where) => TypedResults.Redirect(where, permanent: true));
        _server.MapGet("/gone", () => Results.StatusCode(410));
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0")]
    [InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("198.18.0.1"), InlineData("192.0.2.1")]
    [InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fc00::1"), InlineData("fd12:3456::1"), InlineData("ff02::1"), InlineData("2001:db8::1")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:a9fe:a9fe"), InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b::10.0.0.1"), InlineData("64:ff9b:1::a00:1"), InlineData("2002:7f00:1::"), InlineData("::127.0.0.1"), InlineData("fec0::1")]
    public void Addresses_of_ones_own_network_are_private(string address) => Assert.True(PrivateAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8"), InlineData("1.1.1.1"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:4700::1111"), InlineData("64:ff9b::8.8.8.8"), InlineData("::ffff:8.8.8.8"), InlineData("2002:808:808::")]
    public void Others_are_not(string address) => Assert.False(PrivateAddresses.Contains(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_no_server_has_is_said_in_plain_words()
    {
        var answer = await GetAsync("http://nobody.invalid/feed/");

        Assert.Contains("no server of this name is known", answer.Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1/", "private network")]
    [InlineData("http://localhost/", "private network")]
    [InlineData("http://[::1]/", "private network")]
    [InlineData("http://[::ffff:127.0.0.1]/", "private network")]
    [InlineData("http://2130706433/", "private network")]
    [InlineData("http://0x7f.1/", "private network")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "private network")]
    [InlineData("ftp://example.org/", "not called")]
    [InlineData("file:///etc/passwd", "not called")]
    [InlineData("http://example.org:22/", "port 22")]
    [InlineData("http://user:secret@example.org/", "name and password")]
    [InlineData("nonsense", "not an address")]
    public async Task What_must_not_be_called_is_not(string address, string reason) => Assert.Contains(reason, (await GetAsync(address)).Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_host_that_an_operator_allows_is_called_without_cookies_and_under_our_name()
    {
        var answer = await GetAsync($"http://{Allowed}/small", Allowed);

        Assert.Null(answer.Problem);
        Assert.Matches(@"^Broadsheet/[0-9.]+ $", answer.Value);
    }

    [Theory]
    [InlineData("http://localhost/", "private network")]
    [InlineData("http://127.0.0.2:80/", "private network")]
    [InlineData("file:///etc/passwd", "not called")]
    [InlineData("http://10.0.0.1:8080/", "port 8080")]
    public async Task A_redirect_is_checked_like_the_first_address(string target, string reason) =>
        Assert.Contains(reason, (await GetAsync($"http://{Allowed}/to?where={Uri.EscapeDataString(target)}", Allowed)).Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Five_redirects_are_followed_and_no_more()
    {
        Assert.Null((await GetAsync($"http://{Allowed}/again/4", Allowed)).Problem);
        Assert.Contains("redirects", (await GetAsync($"http://{Allowed}/again/5", Allowed)).Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/large")]
    [InlineData("/endless")]
    public async Task A_body_that_is_too_large_is_given_up(string path) => Assert.Contains("larger", (await GetAsync($"http://{Allowed}{path}", Allowed)).Problem!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up() =>
        Assert.Contains("no whole answer", (await GetAsync($"http://{Allowed}/slow", Allowed, Limits with { Time = TimeSpan.FromMilliseconds(300) })).Problem!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/tagged", 200, false)]
    [InlineData("/gone", 410, false)]
    [InlineData("/moved?where=/small", 200, true)]
    [InlineData("/moved?where=/moved%3Fwhere=/gone", 410, true)]
    [InlineData("/to?where=/small", 200, false)]
    [InlineData("/moved?where=/to%3Fwhere=/small", 200, false)]
    public async Task Who_asks_is_told_the_status_and_whether_it_moved_for_good(string path, int status, bool isForGood) => Assert.Equal((status, isForGood), (await AskAsync(path, null)).Value);

    [Fact]
    public async Task A_condition_is_sent_as_the_last_answer_gave_it() =>
        Assert.Equal((304, false), (await AskAsync("/tagged", new OutboundConditions("\"v1\"", "Thu, 20 Feb 2020 08:00:00 GMT"))).Value);

    [Fact]
    public async Task Who_asks_comes_into_no_private_network_either() =>
        Assert.Contains("private network", (await AskAsync($"/moved?where={Uri.EscapeDataString("http://127.0.0.2/")}", null)).Problem!.Message, StringComparison.Ordinal);

    private async Task<Outcome<(int, bool)>> AskAsync(string path, OutboundConditions? conditions)
    {
        using var http = new GuardedHttp([Allowed]);
        return await http.AskAsync($"http://{Allowed}{path}", Limits, conditions, (answer, _) => Task.FromResult(((int)answer.Response.StatusCode, answer.MovedForGood)), CancellationToken.None);
    }

    private static Task<Outcome<string>> GetAsync(string address, string? allowed = null) => GetAsync(address, allowed, Limits);

    private static async Task<Outcome<string>> GetAsync(string address, string? allowed, OutboundLimits limits)
    {
        using var http = new GuardedHttp(allowed is null ? [] : [allowed]);
        return await http.GetAsync(address, limits, async (_, body, ct) =>
        {
            using var reader = new StreamReader(body);
            return await reader.ReadToEndAsync(ct);
        }, CancellationToken.None);
    }
}
