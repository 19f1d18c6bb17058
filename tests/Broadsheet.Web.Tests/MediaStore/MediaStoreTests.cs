using System.Text;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.MediaStore;

/// <summary>What every store promises.</summary>
public abstract class MediaStoreTests
{
    private const string Boat = "uploads/2020/02/boat.png";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_saved_is_found_by_its_name_told_by_its_content_and_read_from_anywhere()
    {
        var store = await StartAsync();
        var picture = Photographs.Of(40, 30, "png");
        await SaveAsync(store, Boat, picture);

        var found = (await store.FindAsync(Boat, Ct))!;

        Assert.Equal((Boat, "boat.png", (long)picture.Length, "image/png", 40, 30), (found.Name, found.FileName, found.Bytes, found.MimeType, found.Width, found.Height));
        Assert.Matches("^[0-9A-Za-z-]+$", found.Version);
        Assert.Equal(picture, await ReadAsync(await store.OpenAsync(found, Ct)));
        Assert.Equal(picture, await ReadAsync(await store.OpenAsync(Boat, Ct)));
        Assert.Equal(picture, await File.ReadAllBytesAsync(await store.LocalAsync(found, Ct), Ct));
        await using var content = await store.OpenAsync(found, Ct);
        content.Position = picture.Length - 3;
        Assert.Equal(picture[^3..], await ReadAsync(content));
    }

    [Fact]
    public async Task Another_file_in_its_place_is_another_version_and_what_is_removed_is_gone()
    {
        var store = await StartAsync();
        await SaveAsync(store, Boat, "first"u8);
        var first = (await store.FindAsync(Boat, Ct))!;
        await SaveAsync(store, Boat, "second"u8);
        var second = (await store.FindAsync(Boat, Ct))!;
        await store.CopyAsync(Boat, "replaced/kept", Ct);
        await store.RemoveAsync(Boat, Ct);
        await store.RemoveAsync(Boat, Ct);

        Assert.NotEqual(first.Version, second.Version);
        Assert.Null(await store.FindAsync(Boat, Ct));
        Assert.Null(await store.OpenAsync(Boat, Ct));
        Assert.False(await store.ExistsAsync(Boat, Ct));
        Assert.True(await store.ExistsAsync("replaced/kept", Ct));
        Assert.Equal("second"u8.ToArray(), await ReadAsync(await store.OpenAsync("replaced/kept", Ct)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(20 << 20)]
    public async Task What_is_too_large_or_breaks_off_leaves_what_stood_there(int length)
    {
        var store = await StartAsync();
        await SaveAsync(store, Boat, "stands"u8);

        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync(Boat, new MemoryStream(new byte[length]), length - 1, Ct));
        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync(Boat, new BrokenStream(new byte[length]), long.MaxValue, Ct));
        await Assert.ThrowsAsync<IOException>(() => store.SaveAsync("uploads/new.png", new BrokenStream(new byte[length]), long.MaxValue, Ct));

        Assert.Equal("stands"u8.ToArray(), await ReadAsync(await store.OpenAsync(Boat, Ct)));
        Assert.Equal([Boat], await ListAsync(store, "uploads/"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8 << 20)]
    [InlineData((20 << 20) + 7)]
    public async Task Any_size_comes_back_as_it_went_in(int length)
    {
        var store = await StartAsync();
        var content = Bytes(length);
        // A stream of which nobody knows the end beforehand.
        await store.SaveAsync("uploads/film.mp4", new BrokenStream(content, breaks: false), length, Ct);

        var found = (await store.FindAsync("uploads/film.mp4", Ct))!;

        Assert.Equal(length, found.Bytes);
        AssertSame(content, await ReadAsync(await store.OpenAsync(found, Ct)));
    }

    [Fact]
    public async Task Lists_name_what_begins_so()
    {
        var store = await StartAsync();
        string[] names = ["uploads/2020/02/a b+c%20ü#1.png", "uploads/2020/02/boat.png", "uploads/2020/03/boat.png", "renditions/2020/02/boat.png/1/300x200.webp"];
        foreach (var name in names) await SaveAsync(store, name, Encoding.UTF8.GetBytes(name));

        Assert.Equal(names[..3], await ListAsync(store, "uploads/"));
        Assert.Equal(names[..2], await ListAsync(store, "uploads/2020/02/"));
        Assert.Equal(4, (await ListAsync(store, "")).Count);
        Assert.Equal(Encoding.UTF8.GetBytes(names[3]), await ReadAsync(await store.OpenLastingAsync(names[3], Ct)));
        Assert.Equal(Encoding.UTF8.GetBytes(names[0]), await ReadAsync(await store.OpenAsync((await store.FindAsync(names[0], Ct))!, Ct)));
        Assert.Null(await store.OpenLastingAsync("renditions/2020/02/boat.png/1/301x200.webp", Ct));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("uploads/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("uploads//a")]
    [InlineData("uploads/.hidden")]
    [InlineData("uploads\\a")]
    [InlineData("")]
    public async Task No_name_leads_elsewhere(string name)
    {
        var store = await StartAsync();

        await Assert.ThrowsAsync<IOException>(() => SaveAsync(store, name, "x"u8));
        Assert.Null(await store.FindAsync(name, Ct));
        Assert.False(await store.ExistsAsync(name, Ct));
    }

    [Fact]
    public async Task An_unfinished_file_grows_where_it_ends_and_keeps_what_came_of_a_lost_piece()
    {
        await StartAsync();
        var (files, content) = (Unfinished(), Bytes(300));
        await files.CreateAsync("key", Ct);
        Assert.Equal(0, await files.LengthOfAsync("key", Ct));

        Assert.Equal(100, await files.AppendAsync("key", 0, new MemoryStream(content[..100]), 300, Ct));
        Assert.Null(await files.AppendAsync("key", 50, new MemoryStream(content[50..100]), 300, Ct));
        Assert.Null(await files.AppendAsync("key", 100, new MemoryStream(new byte[201]), 300, Ct));
        await Assert.ThrowsAsync<IOException>(() => files.AppendAsync("key", 100, new BrokenStream(content[100..150]), 300, Ct));
        Assert.Equal(150, await files.LengthOfAsync("key", Ct));
        // What begins on one node goes on on another.
        Assert.Equal(300, await Unfinished().AppendAsync("key", 150, new MemoryStream(content[150..]), 300, Ct));

        Assert.Equal(content, await ReadAsync(await files.OpenAsync("key", Ct)));
        await using (var end = await files.OpenAsync("key", Ct))
        {
            end.Seek(-170, SeekOrigin.End);
            Assert.Equal(content[130..], await ReadAsync(end));
        }
        await files.ForgetAsync("key", Ct);
        Assert.Null(await files.LengthOfAsync("key", Ct));
    }

    [Fact]
    public async Task What_came_in_long_ago_and_was_left_is_swept_away()
    {
        var store = await StartAsync();
        var files = Unfinished();
        await files.CreateAsync("left", Ct);
        await SaveAsync(store, Boat, "stays"u8);

        await files.SweepAsync(TimeProvider.System.GetUtcNow().AddHours(-1), Ct);
        Assert.Equal(0, await files.LengthOfAsync("left", Ct));
        await files.SweepAsync(TimeProvider.System.GetUtcNow().AddHours(1), Ct);

        Assert.Null(await files.LengthOfAsync("left", Ct));
        Assert.Equal([Boat], await ListAsync(store, ""));
    }

    internal abstract Task<IMediaStore> StartAsync();

    internal abstract IUnfinishedFiles Unfinished();

    internal static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 + (i >> 9)))];

    /// <summary>Without naming millions of bytes where they differ.</summary>
    internal static void AssertSame(byte[] expected, byte[] actual) => Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes instead of {expected.Length}, or others.");

    internal static Task SaveAsync(IMediaStore store, string name, ReadOnlySpan<byte> content) => store.SaveAsync(name, new MemoryStream(content.ToArray()), 1 << 24, Ct);

    internal static async Task<byte[]> ReadAsync(Stream? content)
    {
        await using var from = content!;
        using var all = new MemoryStream();
        await from.CopyToAsync(all, Ct);
        return all.ToArray();
    }

    internal static async Task<List<string>> ListAsync(IMediaStore store, string prefix)
    {
        var names = new List<string>();
        await foreach (var file in store.ListAsync(prefix, Ct)) names.Add(file.Name);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    public sealed class OnDisk : MediaStoreTests, IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("bs-media").FullName;

        internal override Task<IMediaStore> StartAsync() => Task.FromResult<IMediaStore>(new DiskMediaStore(_folder));

        internal override IUnfinishedFiles Unfinished() => new DiskUnfinishedFiles(_folder);

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }

    public sealed class OnBucket(S3Server server) : MediaStoreTests, IClassFixture<S3Server>, IDisposable
    {
        private readonly List<BucketNode> _nodes = [];
        private readonly string _prefix = Path.GetRandomFileName();

        internal override async Task<IMediaStore> StartAsync()
        {
            await server.StartAsync();
            return Node().Store;
        }

        internal override IUnfinishedFiles Unfinished() => Node().Unfinished;

        public void Dispose() => _nodes.ForEach(n => n.Dispose());

        private BucketNode Node()
        {
            _nodes.Add(new BucketNode(server, _prefix));
            return _nodes[^1];
        }
    }
}
