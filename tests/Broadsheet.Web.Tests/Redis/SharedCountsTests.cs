using Broadsheet.Web.Data;
using Broadsheet.Web.Redis;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.Redis;

/// <summary>The same counts, whoever counts: this process alone, or two nodes together.</summary>
public abstract class SharedCountsTests
{
    private static readonly CountKind Kind = new("tries", TimeSpan.FromMinutes(15));

    private protected abstract Task<(ISharedCounts One, ISharedCounts Other)> StartAsync();

    [Fact]
    public async Task So_many_are_taken_and_then_one_waits_for_the_oldest()
    {
        var (one, other) = await StartAsync();
        for (var i = 1; i <= 8; i++)
        {
            var counted = await (i % 2 == 0 ? one : other).AddAsync(Kind, new CountKey("ann", 8), new CountKey("everyone", 100));
            Assert.Null(counted.Wait);
            Assert.Equal([i, i], counted.Counts);
        }

        var full = await one.AddAsync(Kind, new CountKey("ann", 8), new CountKey("everyone", 100));

        Assert.InRange(full.Wait!.Value, TimeSpan.FromMinutes(14), Kind.Window);
        // Where one is full, none is counted.
        Assert.Equal(9, (await other.AddAsync(Kind, new CountKey("everyone", 100))).Counts[0]);
        Assert.Equal(1, (await one.AddAsync(Kind, new CountKey("bob", 8))).Counts[0]);
    }

    [Fact]
    public async Task What_is_taken_back_or_forgotten_does_not_count()
    {
        var (one, other) = await StartAsync();
        for (var i = 0; i < 3; i++) await one.AddAsync(Kind, new CountKey("ann", 3));
        await one.TakeBackAsync(Kind, "ann");
        Assert.Null((await one.AddAsync(Kind, new CountKey("ann", 3))).Wait);
        Assert.NotNull((await one.AddAsync(Kind, new CountKey("ann", 3))).Wait);

        await one.ForgetAsync(Kind, "ann");

        Assert.Equal(1, (await other.AddAsync(Kind, new CountKey("ann", 3))).Counts[0]);
    }

    [Fact]
    public async Task Of_many_at_once_no_more_are_taken_than_may_be()
    {
        var (one, other) = await StartAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).AddAsync(Kind, new CountKey("ann", 10)).AsTask())));

        Assert.Equal(10, taken.Count(t => t.Wait is null));
    }

    [Fact]
    public async Task What_may_be_used_once_is_used_once()
    {
        var (one, other) = await StartAsync();

        Assert.True(await one.SpendAsync("sums", 42, TimeSpan.FromHours(1)));
        Assert.False(await one.SpendAsync("sums", 42, TimeSpan.FromHours(1)));
        Assert.False(await other.SpendAsync("sums", 42, TimeSpan.FromHours(1)));
        Assert.True(await other.SpendAsync("sums", -42, TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_time_that_is_over_counts_no_more()
    {
        var (one, other) = await StartAsync();
        var kind = new CountKind("quick", TimeSpan.FromMilliseconds(300));
        Assert.Null((await one.AddAsync(kind, new CountKey("ann", 1))).Wait);
        Assert.NotNull((await other.AddAsync(kind, new CountKey("ann", 1))).Wait);

        await Eventually.SeesAsync(async () => (await other.AddAsync(kind, new CountKey("ann", 1))).Wait is null);
    }

    public sealed class OnOneNode : SharedCountsTests
    {
        private protected override Task<(ISharedCounts One, ISharedCounts Other)> StartAsync()
        {
            var counts = new LocalCounts(TimeProvider.System);
            return Task.FromResult<(ISharedCounts, ISharedCounts)>((counts, counts));
        }
    }

    public sealed class OnRedis(SqliteSite site) : SharedCountsTests, IClassFixture<SqliteSite>, IAsyncLifetime
    {
        private readonly List<RedisConnection> _connections = [];
        private RedisServer _server = null!;

        public async ValueTask InitializeAsync() => _server = await RedisServer.RunAsync();

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections) await connection.DisposeAsync();
            await _server.DisposeAsync();
        }

        private protected override async Task<(ISharedCounts One, ISharedCounts Other)> StartAsync() => (await NodeAsync(), await NodeAsync());

        [Fact]
        public async Task While_Redis_is_away_each_node_counts_for_itself_and_goes_on_from_what_it_had()
        {
            var (one, other) = await StartAsync();
            for (var i = 0; i < 4; i++) await one.AddAsync(Kind, new CountKey("ann", 6));
            await _server.KillAsync();

            Assert.Equal(5, (await one.AddAsync(Kind, new CountKey("ann", 6))).Counts[0]);
            Assert.Equal(1, (await other.AddAsync(Kind, new CountKey("ann", 6))).Counts[0]);
            Assert.True(await one.SpendAsync("sums", 7, TimeSpan.FromHours(1)));
            Assert.False(await one.SpendAsync("sums", 7, TimeSpan.FromHours(1)));

            await _server.StartAsync();
            await Eventually.SeesAsync(async () =>
            {
                var key = Guid.CreateVersion7().ToString();
                await one.AddAsync(Kind, new CountKey(key, 6));
                return (await other.AddAsync(Kind, new CountKey(key, 6))).Counts[0] == 2;
            });
        }

        [Fact]
        public async Task Redis_that_says_nothing_more_costs_a_moment_and_then_nothing()
        {
            var (one, _) = await StartAsync();
            await one.AddAsync(Kind, new CountKey("ann", 1_000));
            _connections[0].Patience = TimeSpan.FromMilliseconds(50);
            await _server.HaltAsync();
            var started = System.Diagnostics.Stopwatch.GetTimestamp();

            for (var i = 0; i < 200; i++) await one.AddAsync(Kind, new CountKey("ann", 1_000));

            // Three times the patience and a probe or two; asking each time would take ten seconds.
            Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }

        [Fact]
        public async Task No_address_stands_in_Redis()
        {
            var (one, _) = await StartAsync();
            await one.AddAsync(Kind, new CountKey("203.0.113.9 ann@example.org", 3));

            var key = Assert.Single(await _server.KeysAsync());
            Assert.StartsWith("broadsheet:", key, StringComparison.Ordinal);
            Assert.DoesNotContain("203", key, StringComparison.Ordinal);
            Assert.DoesNotContain("ann", key, StringComparison.Ordinal);
        }

        /// <summary>With a connection of its own, as another process has.</summary>
        private async Task<RedisCounts> NodeAsync()
        {
            var publications = site.App.Services.GetRequiredService<PublicationStore>();
            var options = RedisOptions.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Cache:Redis", _server.Address)]).Build()).Value!;
            var connection = new RedisConnection(options, publications, TimeProvider.System, NullLogger<RedisConnection>.Instance);
            _connections.Add(connection);
            // Where tests share two cores, fifty milliseconds are soon gone.
            connection.Patience = TimeSpan.FromSeconds(2);
            await connection.StartAsync(CancellationToken.None);
            await Eventually.SeesAsync(() => Task.FromResult(connection.IsUp));
            return new RedisCounts(connection, publications, new LocalCounts(TimeProvider.System));
        }
    }
}
