using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Hosting.Telemetry;

/// <summary>What Prometheus reads: at an address of its own, and all that our dashboard and alerts ask for.</summary>
public abstract class MetricsTests(BroadsheetSite site)
{
    [Fact]
    public async Task The_port_of_the_metrics_tells_them_and_nothing_else_and_the_public_one_tells_none()
    {
        var port = await StartAsync();
        var article = await site.PublishAsync("Counted");
        using var reader = site.NewReader();
        for (var i = 0; i < 3; i++) await reader.ReadAsync(article.Path);
        using var written = await reader.CommentAsync(article.Path, "Counted as well.");

        var metrics = await ScrapeAsync(port);

        Assert.True(Value(metrics, "broadsheet_page_cache_lookups_total", "result=\"hit\"") >= 2, metrics);
        Assert.True(Value(metrics, "broadsheet_page_cache_lookups_total", "result=\"miss\"") >= 1, metrics);
        Assert.True(Value(metrics, "broadsheet_writes_duration_seconds_count", "") >= 1, metrics);
        // The sites of other tests in this process are heard, too.
        Assert.True(Value(metrics, "broadsheet_comments_judged_total", "standing=\"Held\"") >= 1, metrics);
        using var metricsOnly = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var page = await metricsOnly.GetAsync(new Uri(article.Path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var outside = await reader.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
        Assert.DoesNotContain("broadsheet_page_cache", await outside.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_the_dashboard_and_the_alerts_ask_for_is_told()
    {
        var port = await StartAsync();
        var article = await site.PublishAsync("On the dashboard");
        using var reader = site.NewReader();
        using var written = await reader.CommentAsync(article.Path, "Words.");
        await site.Writes.RunAsync((scope, _) =>
        {
            scope.Enqueue("no such work");
            return Task.CompletedTask;
        }, CancellationToken.None);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.Outbox.AnyAsync(o => o.Job == "no such work" && o.Attempts > 0)));
        foreach (var watch in ((IEnumerable<Web.Jobs.IRecurring>)site.App.Services.GetService(typeof(IEnumerable<Web.Jobs.IRecurring>))!).OfType<Web.Hosting.Telemetry.QueueWatch>()) await watch.RunAsync(CancellationToken.None);

        var told = Regex.Matches(await ScrapeAsync(port), "^# TYPE ([a-z_]+) ", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var folder = Path.Combine(Repository.Root, "docs", "guide", "monitoring");
        var asked = new[] { "dashboard.json", "alerts.yaml" }.SelectMany(f => Regex.Matches(File.ReadAllText(Path.Combine(folder, f)), @"\b(broadsheet|http_server|dotnet|kestrel)_[a-z_]+").Select(m => Regex.Replace(m.Value, "_(bucket|count|sum)$", ""))).Distinct().ToList();

        Assert.True(asked.Count > 10);
        Assert.Empty(asked.Except(told));
    }

    [Theory]
    [InlineData("--Telemetry:Prometheus=9464", "Telemetry:Prometheus")]
    [InlineData("--Telemetry:Prometheus=https://127.0.0.1:9464", "Telemetry:Prometheus")]
    [InlineData("--Telemetry:Otlp=collector", "Telemetry:Otlp")]
    [InlineData("--Telemetry:Sample=2", "Telemetry:Sample")]
    public async Task A_wrong_setting_is_named(string argument, string key)
    {
        await site.StopAsync();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(async () => await site.StartAsync(argument));

        Assert.StartsWith(key, problem.Message, StringComparison.Ordinal);
    }

    private async Task<int> StartAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await site.StopAsync();
        await site.StartAsync($"--Telemetry:Prometheus=http://127.0.0.1:{port}");
        return port;
    }

    private static async Task<string> ScrapeAsync(int port)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"));
    }

    private static double Value(string metrics, string name, string label) =>
        metrics.Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal)).Sum(l => double.Parse(l.Split("} ")[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));

    public sealed class OnSqlite(SqliteSite site) : MetricsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : MetricsTests(site), IClassFixture<PostgresSite>;
}
