using Broadsheet.Core.Text;
using Broadsheet.Web.MediaStore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.MediaStore;

public sealed class RenditionsTests : IAsyncDisposable
{
    private const string Boat = "/wp-content/uploads/2020/02/boat.jpg";
    private static readonly string[] Modern = ["image/webp", "image/jpeg"];

    private readonly string _media = Directory.CreateTempSubdirectory("bs-media").FullName;
    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _log = [];
    private readonly UploadedFiles _store;
    private readonly RenditionFolder _folder;
    private readonly Renditions _renditions;

    public RenditionsTests()
    {
        var disk = new DiskMediaStore(_media);
        (_store, _folder) = (new UploadedFiles(disk), new RenditionFolder(disk));
        _renditions = new Renditions(disk, _folder, _clock, _log);
    }

    [Fact]
    public async Task However_many_ask_one_file_is_made()
    {
        var original = await SaveAsync(Photographs.Of(1_600, 1_200));

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => FindAsync(original, 768, 576))));

        Assert.All(found, f => Assert.Equal((768, 576), Photographs.SizeOf(f!)));
        Assert.Equal(["768x576.webp"], Made());
    }

    [Fact]
    public async Task A_tall_picture_on_its_side_comes_upright()
    {
        using var plain = NetVips.Image.NewFromBuffer(Photographs.Of(900, 600));
        using var turned = plain.Mutate(m => m.Set(NetVips.GValue.GIntType, "orientation", 6));
        var original = await SaveAsync(turned.JpegsaveBuffer());

        Assert.Equal((300, 450), Photographs.SizeOf((await FindAsync(original, 300, 200))!));
        Assert.Equal((150, 150), Photographs.SizeOf((await FindAsync(original, 150, 150))!));
    }

    [Fact]
    public async Task A_changed_original_has_new_renditions_and_the_old_are_gone()
    {
        var first = await SaveAsync(Photographs.Of(1_000, 500));
        await FindAsync(first, 300, 150);
        await FindAsync(first, 768, 384);

        var second = await SaveAsync(Photographs.Of(500, 500));

        Assert.Equal((300, 300), Photographs.SizeOf((await FindAsync(second, 300, 150))!));
        Assert.Equal(["300x300.webp"], Made());
    }

    [Fact]
    public async Task A_damaged_picture_is_tried_once()
    {
        var whole = Photographs.Of(1_600, 1_200);
        var original = await SaveAsync(whole[..(whole.Length / 2)]);

        Assert.Null(await FindAsync(original, 300, 225));
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await FindAsync(original, 768, 576));

        Assert.Empty(Made());
        Assert.Single(_log);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_asked_again_after_a_while()
    {
        var original = await SaveAsync(Photographs.Of(600, 400));
        var obstacle = Path.Combine(_media, "renditions");
        await File.WriteAllTextAsync(obstacle, "no folder can be made here", TestContext.Current.CancellationToken);

        Assert.Null(await FindAsync(original, 300, 200));
        File.Delete(obstacle);
        Assert.Null(await FindAsync(original, 300, 200));
        Assert.Single(_log);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.NotNull(await FindAsync(original, 300, 200));
    }

    [Fact]
    public async Task Who_has_waited_for_two_seconds_gets_the_original_and_the_next_one_the_rendition()
    {
        var original = await SaveAsync(Photographs.Of(2_400, 1_800, "png"));

        var waiting = FindAsync(original, 2_048, 1_536);
        _clock.Advance(Renditions.Patience);

        Assert.Null(await waiting);
        Assert.NotNull(await FindAsync(original, 2_048, 1_536));
    }

    [Fact]
    public async Task They_can_be_deleted_at_any_time()
    {
        var original = await SaveAsync(Photographs.Of(600, 400));
        await FindAsync(original, 300, 200);

        Directory.Delete(Path.Combine(_media, "renditions"), recursive: true);

        Assert.NotNull(await FindAsync(original, 300, 200));
    }

    [Fact]
    public async Task What_an_original_leaves_behind_is_swept_away()
    {
        var gone = await SaveAsync(Photographs.Of(600, 400), "/wp-content/uploads/2020/02/gone.jpg");
        await FindAsync(gone, 300, 200);
        await FindAsync(await SaveAsync(Photographs.Of(700, 700)), 300, 300);
        await File.WriteAllTextAsync(Path.Combine(_media, "renditions", "stray"), "x", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(_media, gone.Name));

        await _folder.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["300x300.webp", "stray"], Made());
        Assert.NotNull(await _store.FindAsync(Boat, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("png")]
    [InlineData("avif")]
    public async Task Every_kind_of_original_is_read(string ending)
    {
        var original = await SaveAsync(Photographs.Of(500, 400, ending), $"/wp-content/uploads/a.{ending}");

        Assert.Equal((300, 240), Photographs.SizeOf((await FindAsync(original, 300, 240))!));
        Assert.True(await _renditions.MakeAsync(original, Rendition.For(500, 400, 300, 240)!, RasterPicture.Avif, TestContext.Current.CancellationToken));
        Assert.Equal(["300x240.avif", "300x240.webp"], Made());
    }

    [Fact]
    public async Task A_picture_that_moves_stays_as_it_is() => Assert.Null(await FindAsync(await SaveAsync(Photographs.Moving(), "/wp-content/uploads/moving.webp"), 300, 225));

    public async ValueTask DisposeAsync()
    {
        await _renditions.DisposeAsync();
        Directory.Delete(_media, recursive: true);
    }

    private async Task<StoredFile> SaveAsync(byte[] content, string path = Boat) => await _store.SaveAsync(path, new MemoryStream(content), 1 << 24, TestContext.Current.CancellationToken);

    private async Task<byte[]?> FindAsync(StoredFile original, int width, int height)
    {
        if (await _renditions.FindAsync(original, (width, height), Modern, TestContext.Current.CancellationToken) is not { } found) return null;
        await using var content = found.Content;
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes);
        return bytes;
    }

    private List<string> Made() => Directory.Exists(Path.Combine(_media, "renditions")) ? [.. Directory.EnumerateFiles(Path.Combine(_media, "renditions"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];

    private sealed class Lines : List<string>, ILogger<Renditions>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (this) Add(formatter(state, exception));
        }
    }
}
