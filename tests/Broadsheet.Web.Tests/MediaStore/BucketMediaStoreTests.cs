using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.MediaStore;

/// <summary>Nodes that share a bucket: what each remembers and keeps, and what it does while the bucket is away.</summary>
public sealed class BucketMediaStoreTests(S3Server server) : IClassFixture<S3Server>
{
    private const string Boat = "uploads/2020/02/boat.png";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string _prefix = Path.GetRandomFileName();

    [Fact]
    public async Task What_many_look_at_asks_the_bucket_nothing_and_otherwise_once()
    {
        await server.StartAsync();
        using var node = new BucketNode(server, _prefix);
        await MediaStoreTests.SaveAsync(node.Store, Boat, "a boat"u8);
        var before = await server.CountAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => ReadAsync(node), Ct)));
        var first = await server.CountAsync() - before;
        for (var i = 0; i < 50; i++) await ReadAsync(node);
        node.Clock.Advance(BucketMemory.Lasts);
        await ReadAsync(node);

        // Its head and its content; then, ten seconds later, whether it is the same.
        Assert.Equal((2, 3), (first, await server.CountAsync() - before));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_asked_for_once_more_before_the_bucket_counts_as_away()
    {
        await server.StartAsync();
        using var node = new BucketNode(server, _prefix);
        await MediaStoreTests.SaveAsync(node.Store, Boat, "a boat"u8);

        await server.GarbleAsync(1);
        var content = await ReadAsync(node);
        using var other = new BucketNode(server, _prefix);
        await server.GarbleAsync(2);

        Assert.Equal("a boat", content);
        await Assert.ThrowsAsync<MediaAwayException>(() => ReadAsync(other));
    }

    [Fact]
    public async Task A_replaced_file_shows_at_once_here_and_after_ten_seconds_elsewhere()
    {
        await server.StartAsync();
        using var one = new BucketNode(server, _prefix);
        using var two = new BucketNode(server, _prefix);
        await MediaStoreTests.SaveAsync(one.Store, Boat, "old"u8);
        Assert.Equal(("old", "old"), (await ReadAsync(one), await ReadAsync(two)));

        await MediaStoreTests.SaveAsync(one.Store, Boat, "newer"u8);

        Assert.Equal(("newer", "old"), (await ReadAsync(one), await ReadAsync(two)));
        two.Clock.Advance(BucketMemory.Lasts);
        Assert.Equal("newer", await ReadAsync(two));
        Assert.Equal((await one.Store.FindAsync(Boat, Ct))!.Version, (await two.Store.FindAsync(Boat, Ct))!.Version);
    }

    [Fact]
    public async Task What_is_found_and_then_replaced_is_not_taken_for_what_was_found()
    {
        await server.StartAsync();
        using var one = new BucketNode(server, _prefix);
        using var two = new BucketNode(server, _prefix);
        await MediaStoreTests.SaveAsync(one.Store, Boat, "old"u8);
        var found = (await two.Store.FindAsync(Boat, Ct))!;
        await MediaStoreTests.SaveAsync(one.Store, Boat, "new"u8);

        await Assert.ThrowsAsync<FileNotFoundException>(() => two.Store.OpenAsync(found, Ct));

        Assert.Equal("new", await ReadAsync(two));
    }

    [Fact]
    public async Task While_the_bucket_is_away_what_is_kept_here_is_served_and_nothing_else_is_known()
    {
        await using var own = new S3Server();
        await own.StartAsync();
        using var node = new BucketNode(own, _prefix);
        await MediaStoreTests.SaveAsync(node.Store, Boat, "a boat"u8);
        await MediaStoreTests.SaveAsync(node.Store, "uploads/cold.png", "never looked at"u8);
        await MediaStoreTests.SaveAsync(node.Store, "uploads/gone.png", "looked at, and taken out"u8);
        await ReadAsync(node);
        await ReadAsync(node, "uploads/gone.png");
        await node.Store.RemoveAsync("uploads/gone.png", Ct);
        await own.StopAsync();
        node.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("a boat", await ReadAsync(node));
        Assert.Null(await node.Store.FindAsync("uploads/gone.png", Ct));
        await Assert.ThrowsAsync<MediaAwayException>(() => node.Store.FindAsync("uploads/cold.png", Ct));
        await Assert.ThrowsAsync<MediaAwayException>(() => MediaStoreTests.SaveAsync(node.Store, Boat, "another"u8));
        Assert.Equal("a boat", await ReadAsync(node));

        await own.StartAsync();
        node.Clock.Advance(Bucket.Rest);
        Assert.Equal("never looked at", await ReadAsync(node, "uploads/cold.png"));
    }

    [Fact]
    public async Task What_is_kept_here_has_its_bounds_and_may_be_deleted_at_any_time()
    {
        await server.StartAsync();
        using var node = new BucketNode(server, _prefix, cacheBytes: 1_000_000);
        for (var i = 0; i < 20; i++) await MediaStoreTests.SaveAsync(node.Store, $"uploads/{i}", MediaStoreTests.Bytes(100_000 + i));
        for (var i = 0; i < 20; i++)
        {
            await ReadAsync(node, $"uploads/{i}");
            await ReadAsync(node, "uploads/0");
            Assert.True(node.CachedBytes <= 1_000_000);
        }
        var before = await server.CountAsync();
        await ReadAsync(node, "uploads/0");
        await ReadAsync(node, "uploads/19");
        Assert.Equal(before, await server.CountAsync());

        Directory.Delete(node.CacheFolder, recursive: true);

        Assert.Equal(100_019, (await MediaStoreTests.ReadAsync(await node.Store.OpenAsync((await node.Store.FindAsync("uploads/19", Ct))!, Ct))).Length);
        Assert.True(node.CachedBytes > 0);
    }

    [Fact]
    public async Task A_film_is_not_kept_here_and_is_read_from_where_a_reader_wants_it()
    {
        await server.StartAsync();
        using var node = new BucketNode(server, _prefix, cacheBytes: 1_000_000);
        var film = MediaStoreTests.Bytes(9 << 20);
        await MediaStoreTests.SaveAsync(node.Store, "uploads/film.mp4", film);
        var found = (await node.Store.FindAsync("uploads/film.mp4", Ct))!;
        var before = await server.CountAsync();

        await using var content = await node.Store.OpenAsync(found, Ct);
        Assert.Equal((film.Length, before), (content.Length, await server.CountAsync()));
        content.Seek(film.Length - 1_000, SeekOrigin.Begin);
        Assert.Equal(film[^1_000..], await MediaStoreTests.ReadAsync(content));

        Assert.Equal((before + 1, 0L), (await server.CountAsync(), node.CachedBytes));
    }

    [Fact]
    public async Task A_film_that_is_replaced_before_it_is_read_is_found_as_it_is_the_next_time()
    {
        await server.StartAsync();
        using var one = new BucketNode(server, _prefix);
        using var two = new BucketNode(server, _prefix, cacheBytes: 1_000_000);
        await MediaStoreTests.SaveAsync(one.Store, "uploads/film.mp4", MediaStoreTests.Bytes(200_000));
        await using var content = await two.Store.OpenAsync((await two.Store.FindAsync("uploads/film.mp4", Ct))!, Ct);
        await MediaStoreTests.SaveAsync(one.Store, "uploads/film.mp4", MediaStoreTests.Bytes(200_001));

        await Assert.ThrowsAsync<FileNotFoundException>(() => MediaStoreTests.ReadAsync(content));

        Assert.Equal(200_001, (await two.Store.FindAsync("uploads/film.mp4", Ct))!.Bytes);
    }

    [Fact]
    public async Task A_disk_of_this_node_that_takes_nothing_costs_the_smaller_copies_and_no_more_and_is_asked_again()
    {
        await server.StartAsync();
        using var node = new BucketNode(server, _prefix);
        var picture = Photographs.Of(600, 400);
        await MediaStoreTests.SaveAsync(node.Store, "uploads/boat.jpg", picture);
        var found = (await node.Store.FindAsync("uploads/boat.jpg", Ct))!;
        var obstacle = Path.Combine(node.CacheFolder, "new");
        await File.WriteAllTextAsync(obstacle, "no folder can be made here", Ct);
        await using var renditions = new Renditions(node.Store, new RenditionFolder(node.Store), node.Clock, NullLogger<Renditions>.Instance);

        Assert.Null(await renditions.FindAsync(found, (300, 200), ["image/jpeg"], Ct));
        Assert.Equal(picture, await MediaStoreTests.ReadAsync(await node.Store.OpenAsync(found, Ct)));
        File.Delete(obstacle);

        await using var small = (await renditions.FindAsync(found, (300, 200), ["image/jpeg"], Ct))!.Content;
        Assert.Equal((300, 200), Photographs.SizeOf(await MediaStoreTests.ReadAsync(small)));
    }

    [Fact]
    public async Task A_piece_that_comes_while_the_bucket_is_silent_waits_for_it()
    {
        await using var own = new S3Server();
        await own.StartAsync();
        var silence = new Silence();
        using var node = new BucketNode(own, _prefix, log: silence);
        await node.Unfinished.CreateAsync("key", Ct);

        var coming = node.Unfinished.AppendAsync("key", 0, new LatePiece(own.StopAsync), 3, Ct);
        await silence.Noticed;
        await own.StartAsync();
        await Eventually.SeesAsync(() =>
        {
            node.Clock.Advance(Bucket.Rest);
            return Task.FromResult(coming.IsCompleted);
        });

        Assert.Equal(3, await coming);
        Assert.Equal("abc"u8.ToArray(), await MediaStoreTests.ReadAsync(await node.Unfinished.OpenAsync("key", Ct)));
    }

    [Fact]
    public async Task A_name_is_one_nodes_until_its_file_is_there()
    {
        await server.StartAsync();
        using var one = new BucketNode(server, _prefix);
        using var two = new BucketNode(server, _prefix);

        await using (var claim = await one.Store.ClaimAsync(Boat, Ct))
        {
            Assert.NotNull(claim);
            Assert.Null(await two.Store.ClaimAsync(Boat, Ct));
            await using var other = await two.Store.ClaimAsync("uploads/2020/02/boat-2.png", Ct);
            Assert.NotNull(other);
        }
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? one : two).Store.ClaimAsync(Boat, Ct)));

        Assert.InRange(claims.Count(c => c is not null), 0, 1);
        foreach (var claim in claims)
            if (claim is not null) await claim.DisposeAsync();
        Assert.Empty(await MediaStoreTests.ListAsync(one.Store, ""));
    }

    /// <summary>Three bytes, before which something happens.</summary>
    private sealed class LatePiece(Func<Task> before) : MemoryStream("abc"u8.ToArray())
    {
        private bool _began;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_began) await before();
            _began = true;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>That the bucket does not answer is written down.</summary>
    private sealed class Silence : ILogger<Bucket>
    {
        private readonly TaskCompletionSource _noticed = new();

        public Task Noticed => _noticed.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 3030) _noticed.TrySetResult();
        }
    }

    private static async Task<string> ReadAsync(BucketNode node, string name = Boat) =>
        System.Text.Encoding.Latin1.GetString(await MediaStoreTests.ReadAsync(await node.Store.OpenAsync((await node.Store.FindAsync(name, Ct))!, Ct)));
}
