using System.Diagnostics.Metrics;
using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.Data.PostgreSql;

/// <summary>Lists and figures may be read at a real streaming replica; nobody misses what they have just written.</summary>
public sealed class ReplicaTests : IClassFixture<ReplicatedSite>, IDisposable
{
    private readonly ReplicatedSite _site;
    private readonly MeterListener _listener = new();
    private int _atReplica;
    private int _atPrimary;

    public ReplicaTests(ReplicatedSite site)
    {
        _site = site;
        // No other test has a replica.
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "broadsheet.replica.readings") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, n, tags, _) => Interlocked.Add(ref tags[0].Value is "replica" ? ref _atReplica : ref _atPrimary, (int)n));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task The_API_and_the_newsrooms_lists_and_figures_are_read_there_and_pages_are_not()
    {
        var article = await _site.PublishAsync("Read there");
        await AtReplicaAsync();
        using var editor = await StaffClient.SignInAsync(_site, Role.Administrator);
        foreach (var path in new[] { "/newsroom/articles/", "/newsroom/media/", "/newsroom/statistics/", "/newsroom/running/log/", "/newsroom/comments/log/", "/newsroom/comments/load/" })
        {
            await AtReplicaAsync();
            var before = _atReplica;
            await editor.Browser.ReadAsync(path);
            Assert.True(_atReplica > before, path);
        }

        var (there, here) = (_atReplica, _atPrimary);
        using var reader = _site.NewReader();
        foreach (var path in new[] { article.Path, "/", "/?s=there", "/feed/", $"{article.Path}?replytocom=1", "/wp-json/broadsheet/v1/me?post=1" }) await reader.ReadAsync(path);
        // Whoever is signed in reads their own at the primary.
        await editor.Browser.ReadAsync("/wp-json/wp/v2/posts");
        Assert.Equal((there, here), (_atReplica, _atPrimary));
    }

    [Fact]
    public async Task Nobody_misses_their_own_comment_while_the_replica_stands_still_at_whichever_node()
    {
        await using var second = new SecondNode(_site);
        await second.InitializeAsync();
        var article = await _site.PublishAsync("Behind");
        await AtReplicaAsync();
        await _site.Cluster.PauseAsync();
        try
        {
            foreach (var (i, node) in new BroadsheetSite[] { _site, second, second, _site }.Index())
            {
                using var reader = _site.NewReader();
                using (var posted = await reader.CommentAsync(article.Path, $"STANDSTILL{i}")) Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
                // By the program of somebody whom we do not know.
                using var anybody = node.NewReader();
                Assert.Contains($"STANDSTILL{i}", await anybody.ReadAsync($"/wp-json/wp/v2/comments?post={article.Id}"), StringComparison.Ordinal);
            }
            Assert.True(_atPrimary >= 4);
            using var editor = await StaffClient.SignInAsync(_site, Role.Administrator);
            await editor.WriteAsync("Written a moment ago", "draft");
            Assert.Contains("Written a moment ago", await editor.Browser.ReadAsync("/newsroom/articles/"), StringComparison.Ordinal);
        }
        finally
        {
            await _site.Cluster.ResumeAsync();
        }
        await AtReplicaAsync();
    }

    [Fact]
    public async Task While_it_keeps_up_it_answers_and_has_what_was_just_written()
    {
        var article = await _site.PublishAsync("Abreast");
        await AtReplicaAsync();
        var before = _atReplica;
        using var reader = _site.NewReader();
        for (var i = 0; i < 25; i++)
        {
            (await reader.CommentAsync(article.Path, $"ABREAST{i}.")).Dispose();
            Assert.Contains($"ABREAST{i}.", await reader.ReadAsync($"/wp-json/wp/v2/comments?post={article.Id}&per_page=3"), StringComparison.Ordinal);
        }
        TestContext.Current.SendDiagnosticMessage($"{_atReplica - before} of 25 readings right after a comment at the replica");
        Assert.True(_atReplica > before, "the replica answered none of them");
    }

    [Fact]
    public async Task Without_the_replica_everything_is_answered_and_once_it_is_back_it_is_read_again()
    {
        await AtReplicaAsync();
        await _site.Cluster.StopReplicaAsync();
        try
        {
            using var reader = _site.NewReader();
            for (var i = 0; i < 3; i++) Assert.StartsWith("[", await reader.ReadAsync("/wp-json/wp/v2/posts"), StringComparison.Ordinal);
        }
        finally
        {
            await _site.Cluster.StartReplicaAsync();
        }
        await AtReplicaAsync();
    }

    [Fact]
    public async Task A_reading_that_the_replica_gives_up_is_done_again_at_the_primary()
    {
        await AtReplicaAsync();
        var tried = new List<bool>();
        var found = await _site.Engine.ReadListsAsync(async db =>
        {
            tried.Add(await db.Database.SqlQuery<bool>($"SELECT pg_is_in_recovery() AS \"Value\"").SingleAsync());
            if (tried.Count == 1) await db.Database.SqlQuery<bool>($"SELECT pg_terminate_backend(pg_backend_pid()) AS \"Value\"").SingleAsync();
            return await db.Articles.CountAsync();
        }, CancellationToken.None);

        Assert.Equal([true, false], tried);
        Assert.Equal(await _site.ReadAsync(db => db.Articles.CountAsync()), found);
        await AtReplicaAsync();
    }

    [Fact]
    public void On_SQLite_a_replica_stops_the_start() =>
        Assert.Equal("Database:ReplicaConnectionString", SiteOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Database:ReplicaConnectionString", (string?)"Host=elsewhere")]).Build(), ".").Problem?.Field);

    /// <summary>Waits until the replica answers (again).</summary>
    private async Task AtReplicaAsync()
    {
        using var reader = _site.NewReader();
        var before = _atReplica;
        await Eventually.SeesAsync(async () =>
        {
            await reader.ReadAsync("/wp-json/wp/v2/posts");
            return _atReplica > before;
        });
    }

    private sealed class SecondNode(BroadsheetSite first) : BroadsheetSite
    {
        protected override async Task<string[]> ConfigurationAsync() => (await first.ArgumentsAsync())[2..];
    }
}
