using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.PostgreSql;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>What other processes evict reaches this one, whatever their clocks say and however long it could not look.</summary>
public abstract class EvictionWatcherTests(BroadsheetSite site)
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SeenEvictions _own = new(new NoDoorbell());
    private readonly EvictionLog _log = new(isKept: true);
    private readonly EvictionPosition _position = new();
    private readonly Recorder _recorder = new();

    /// <summary>Of another process than the site, with connections of its own.</summary>
    private EvictionWatcher NewWatcher()
    {
        var options = site.App.Services.GetRequiredService<SiteOptions>();
        IDatabaseEngine engine = options.DatabaseProvider == "Sqlite" ? new SqliteEngine(options.SqliteFile, [], options.MapMegabytes) : new PostgreSqlEngine(options.ConnectionString!, []);
        return new EvictionWatcher(engine, [_log, _recorder, _position, _own], _own, _log, _position, new Knocks(), _clock, NullLogger<EvictionWatcher>.Instance);
    }

    [Fact]
    public async Task Evictions_of_a_process_whose_clock_is_wrong_are_carried_out_once()
    {
        using var watcher = await StartAsync();
        await WriteAsync("behind", DateTimeOffset.UnixEpoch);
        await WriteAsync("ahead", new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await watcher.LookAsync(CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(["behind", "ahead"], _recorder.Take());
    }

    [Fact]
    public async Task What_was_evicted_during_minutes_without_a_look_is_made_up()
    {
        using var watcher = await StartAsync();
        await WriteAsync("meanwhile");
        _clock.Advance(TimeSpan.FromMinutes(5));
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(["meanwhile"], _recorder.Take());
        Assert.Equal(1, _recorder.TimesMissed);
    }

    [Fact]
    public async Task After_a_gap_so_long_that_rows_may_be_gone_nothing_held_is_trusted()
    {
        using var watcher = await StartAsync();
        Assert.Equal(1, _recorder.TimesMissed);
        _clock.Advance(EvictionWatcher.LongestGap + TimeSpan.FromSeconds(1));
        await watcher.LookAsync(CancellationToken.None);
        Assert.Equal(2, _recorder.TimesMissed);
        await WriteAsync("after");
        await watcher.LookAsync(CancellationToken.None);

        Assert.Contains("after", _recorder.Take());
    }

    [Fact]
    public async Task A_row_that_appears_below_a_greater_id_is_not_overlooked()
    {
        using var watcher = NewWatcher();
        await WriteAsync("first");
        await watcher.LookAsync(CancellationToken.None);
        var last = await site.ReadAsync(db => db.Evictions.MaxAsync(e => e.Id));
        await WriteAsync("greater", id: last + 7);
        await watcher.LookAsync(CancellationToken.None);
        _recorder.Take();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await WriteAsync("late", id: last + 3);
        await watcher.LookAsync(CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(["late"], _recorder.Take());
    }

    [Fact]
    public async Task More_rows_than_fit_a_batch_are_all_read()
    {
        using var watcher = await StartAsync();
        await site.Writes.RunAsync((scope, _) =>
        {
            for (var i = 0; i < 12_345; i++) scope.Evict($"many:{i}");
            return Task.CompletedTask;
        }, CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(12_345, _recorder.Take().Count(t => t.StartsWith("many:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_process_s_own_evictions_are_not_carried_out_twice()
    {
        using var watcher = await StartAsync();
        await new Writes(site.Engine, [_own], _clock).RunAsync((scope, _) =>
        {
            scope.Evict("own");
            return Task.CompletedTask;
        }, CancellationToken.None);
        await WriteAsync("other");
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(["other"], _recorder.Take());
    }

    [Fact]
    public async Task A_page_of_another_node_is_known_to_be_fresh_until_its_tag_is_evicted()
    {
        using var watcher = await StartAsync();
        // What other tests left out among the ids is given up.
        _clock.Advance(TimeSpan.FromSeconds(31));
        await WriteAsync("before");
        await watcher.LookAsync(CancellationToken.None);
        var seen = _position.Now;
        await WriteAsync("after");
        Assert.True(_log.IsFresh(["before", "after"], seen));
        await watcher.LookAsync(CancellationToken.None);

        Assert.True(_log.IsFresh(["before"], seen));
        Assert.False(_log.IsFresh(["before", "after"], seen));
        Assert.True(_log.IsFresh(["after"], _position.Now));
    }

    [Fact]
    public async Task A_row_that_is_still_to_come_holds_the_position_back_until_it_is_there_or_given_up()
    {
        using var watcher = NewWatcher();
        await WriteAsync("first");
        await watcher.LookAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(31));
        await watcher.LookAsync(CancellationToken.None);
        var last = await site.ReadAsync(db => db.Evictions.MaxAsync(e => e.Id));
        Assert.Equal(last, _position.Now);
        await WriteAsync("greater", id: last + 3);
        await watcher.LookAsync(CancellationToken.None);
        Assert.Equal(last, _position.Now);
        await WriteAsync("late", id: last + 1);
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(last + 1, _position.Now);
        Assert.False(_log.IsFresh(["late"], last));
        _clock.Advance(TimeSpan.FromSeconds(31));
        await watcher.LookAsync(CancellationToken.None);
        Assert.Equal(last + 3, _position.Now);
    }

    [Fact]
    public async Task Who_comes_new_knows_nothing_of_what_was_evicted_before_the_last_row_that_is_gone()
    {
        await WriteAsync("long ago");
        await WriteAsync("forgotten");
        var gone = await site.ReadAsync(db => db.Evictions.MaxAsync(e => e.Id));
        await WriteAsync("kept");
        await site.Writes.RunAsync((scope, ct) => EvictionLedger.ForgetAsync(scope, [gone], ct), CancellationToken.None);
        using var watcher = await StartAsync();

        Assert.False(_log.IsFresh(["anything"], gone - 1));
        Assert.True(_log.IsFresh(["anything"], gone));
        Assert.False(_log.IsFresh(["kept"], gone));
        Assert.False(_log.IsFresh(["anything"], gone + 1_000));
    }

    [Fact]
    public async Task After_a_gap_no_page_of_before_is_known_to_be_fresh()
    {
        using var watcher = await StartAsync();
        await WriteAsync("seen");
        await watcher.LookAsync(CancellationToken.None);
        _log.Missed();
        _position.Missed();

        Assert.False(_log.IsFresh(["anything"], 1_000_000));
        Assert.Equal(EvictionPosition.Unknown, _position.Now);
    }

    /// <summary>After its first look, which trusts nothing.</summary>
    private async Task<EvictionWatcher> StartAsync()
    {
        var watcher = NewWatcher();
        await watcher.LookAsync(CancellationToken.None);
        _recorder.Take();
        return watcher;
    }

    /// <summary>As another process writes it.</summary>
    private Task WriteAsync(string tag, DateTimeOffset? at = null, long id = 0) => site.Engine.WriteAsync(async (db, ct) =>
    {
        db.Evictions.Add(new Eviction { Id = id, Tag = tag, Hard = true, At = at ?? _clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        // As the row of another transaction would: later ids are above it.
        if (id > 0) await site.Engine.AdvanceSequencesAsync(db, ct);
    }, CancellationToken.None);

    private sealed class Recorder : ICommitObserver
    {
        private readonly List<string> _tags = [];

        public int TimesMissed { get; private set; }

        public void Committed(IReadOnlyList<Eviction> evictions) => _tags.AddRange(evictions.Select(e => e.Tag));

        public void Missed()
        {
            TimesMissed++;
            _tags.Clear();
        }

        public List<string> Take()
        {
            List<string> taken = [.. _tags];
            _tags.Clear();
            return taken;
        }
    }

    public sealed class OnSqlite(SqliteSite site) : EvictionWatcherTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : EvictionWatcherTests(site), IClassFixture<PostgresSite>;
}
