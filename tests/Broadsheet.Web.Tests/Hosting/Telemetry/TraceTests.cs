using System.Collections.Concurrent;
using System.Text;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Hosting.Telemetry;

/// <summary>What a collector is sent: traces, metrics and logs, and no address that signs somebody in.</summary>
public sealed class TraceTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    /// <summary>Addresses that end with what only their reader may know.</summary>
    private static readonly string[] Secret = ["/account/sign-in/link", "/account/sign-in/mail", "/account/invitation", "/preview", "/websub", "/setup", "/follow/confirm", "/follow/manage", "/follow/end"];

    [Fact]
    public async Task A_collector_gets_all_three_and_no_secret()
    {
        var got = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await using var collector = await CollectAsync(got);
        await site.StopAsync();
        await site.StartAsync($"--Telemetry:Otlp={collector.Urls.First()}", "--Telemetry:Sample=1");
        using var reader = site.NewReader();
        using var found = await reader.GetAsync("/no-such-article/");
        foreach (var below in Secret)
        {
            using var secret = await reader.GetAsync($"{below}/VERYSECRETTOKEN/");
        }
        using var code = await reader.GetAsync("/?code=VERYSECRETCODE");
        site.App.Logger.LogWarning("A line for the collector");

        // What is gathered is sent when the program stops, at the latest.
        await site.StopAsync();

        Assert.Contains("/no-such-article/", got["/v1/traces"], StringComparison.Ordinal);
        Assert.All(Secret, below => Assert.Contains($"{below}/…", got["/v1/traces"], StringComparison.Ordinal));
        Assert.Empty(got.Where(g => g.Value.Contains("VERYSECRET", StringComparison.Ordinal)).Select(g => $"{g.Key}: {g.Value[Math.Max(0, g.Value.IndexOf("VERYSECRET", StringComparison.Ordinal) - 60)..]}"));
        Assert.Contains("http.server.request.duration", got["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("A line for the collector", got["/v1/logs"], StringComparison.Ordinal);
    }

    /// <summary>Protocol buffers hold texts as they are: to look for words, nothing has to be decoded.</summary>
    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> got)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            got.AddOrUpdate(http.Request.Path.Value!, _ => Text(body), (_, before) => before + Text(body));
            http.Response.ContentType = "application/x-protobuf";
        });
        await collector.StartAsync();
        return collector;
    }

    private static string Text(MemoryStream body) => Encoding.UTF8.GetString(body.ToArray());
}
