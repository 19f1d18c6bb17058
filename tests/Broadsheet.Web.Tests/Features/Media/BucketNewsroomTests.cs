using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Newsroom.Uploads;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Broadsheet.Web.Tests.Features.Newsroom.PieceSender;

namespace Broadsheet.Web.Tests.Features.Media;

/// <summary>What the newsroom does with a bucket that another node works at, too, or that falls silent in the middle.</summary>
public abstract class BucketNewsroomTests(BroadsheetSite site, S3Server server) : IAsyncLifetime
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly string _prefix = Path.GetRandomFileName();

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        await site.StartAsync(server.Arguments(_prefix));
    }

    public async ValueTask DisposeAsync()
    {
        await site.StopAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_whole_upload_that_another_node_takes_in_is_waited_for_and_comes_in_once()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var other = new BucketNode(server, _prefix);
        var token = await TokenAsync(ann);
        byte[] film = [0, 0, 0, 24, .. "ftypisom"u8, .. MediaStoreTests.Bytes(1_000)];
        var url = await BeginAsync(ann, token, film.Length, "claimed.mp4");

        await using (await other.Store.ClaimAsync($"incoming/{url.Split('/')[^2]}", Ct))
        {
            using var busy = await AppendAsync(ann, token, url, 0, film);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (busy.StatusCode, busy.Headers.RetryAfter is not null));
        }
        using var look = await SendAsync(ann, token, HttpMethod.Head, url);
        using var last = await AppendAsync(ann, token, url, film.Length, []);

        Assert.Equal($"{film.Length}", Header(look, "Upload-Offset"));
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        Assert.NotNull(Header(last, "Upload-Medium"));
        Assert.Equal(1, await site.ReadAsync(db => db.Media.CountAsync(m => m.Path.Contains("claimed"))));
        Assert.Empty(await MediaStoreTests.ListAsync(other.Store, "incoming/"));
    }

    [Fact]
    public async Task A_file_whose_time_in_the_trash_is_over_goes_when_the_bucket_is_back()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var node = new BucketNode(server, _prefix);
        var (id, _) = await AddAsync(ann, "thrown.png");
        using var trash = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.throw");
        await site.Writes.RunAsync((scope, ct) => scope.Db.Meta.Where(m => m.OwnerId == id && m.Key == "_wp_trash_meta_time").ExecuteUpdateAsync(set => set.SetProperty(m => m.Value, $"{TimeProvider.System.GetUtcNow().AddDays(-31).ToUnixTimeSeconds()}"), ct), Ct);
        await server.StopAsync();
        try
        {
            await Assert.ThrowsAsync<MediaAwayException>(() => site.App.Services.GetServices<IRecurring>().OfType<ForgetFiles>().Single().RunAsync(Ct));
            await Eventually.SeesAsync(() => site.ReadAsync(db => db.Outbox.AnyAsync(o => o.Job == MediaFileLedger.RemoveFile && o.Attempts > 0)));
        }
        finally
        {
            await server.StartAsync();
        }
        Assert.Single(await MediaStoreTests.ListAsync(node.Store, "uploads/"));

        await Eventually.SeesAsync(async () => (await MediaStoreTests.ListAsync(node.Store, "uploads/")).Count == 0);
    }

    [Fact]
    public async Task A_new_file_that_the_bucket_takes_and_then_falls_silent_gives_its_address_back_to_the_old_one()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var node = new BucketNode(server, _prefix);
        var (id, path) = await AddAsync(ann, "stays.png");
        var name = MediaName.OfUpload(path)!;
        var before = await MediaStoreTests.ReadAsync(await node.Store.OpenAsync(name, Ct));
        await server.DeafenAsync();

        using var refused = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "new.png", Photographs.Of(60, 50, "png")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("The old one stands as it was.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await MediaStoreTests.ReadAsync(await node.Store.OpenAsync(name, Ct)));
        Assert.Equal((long?)before.Length, await site.ReadAsync(db => db.Media.Where(m => m.ArticleId == id).Select(m => m.Bytes).SingleAsync()));
        Assert.Equal(0, await site.ReadAsync(db => db.ReplacedFiles.CountAsync(f => f.MediaId == id)));
        Assert.Empty(await MediaStoreTests.ListAsync(node.Store, "replaced/"));
        Assert.Empty(await MediaStoreTests.ListAsync(node.Store, "incoming/"));
    }

    [Fact]
    public async Task A_smaller_copy_is_not_put_where_an_upload_stands_or_where_another_node_is_putting_one()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var node = new BucketNode(server, _prefix);
        var (id, path) = await AddAsync(ann, "quay.png", Photographs.Of(800, 400, "png"));
        var (_, upload) = await AddAsync(ann, "quay-300x225.png", Photographs.Of(500, 100, "png"));
        var (name, claimed) = (MediaName.OfUpload(upload)!, MediaName.OfUpload(path.Replace(".png", "-300x300.png", StringComparison.Ordinal))!);
        var before = await MediaStoreTests.ReadAsync(await node.Store.OpenAsync(name, Ct));

        using var taken = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "new.png", Photographs.Of(800, 600, "png")));
        await using var claim = await node.Store.ClaimAsync(claimed, Ct);
        using var coming = await ann.SubmitAsync($"/newsroom/media/{id}/", [], form: "form.replace", files: ("file", "new.png", Photographs.Of(600, 600, "png")));

        // Beside a picture that is here it is refused; one that is just coming in there wins.
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found), (taken.StatusCode, coming.StatusCode));
        Assert.Equal(before, await MediaStoreTests.ReadAsync(await node.Store.OpenAsync(name, Ct)));
        Assert.False(await node.Store.ExistsAsync(claimed, Ct));
    }

    private async Task<(long Id, string Path)> AddAsync(StaffClient who, string name, byte[]? content = null)
    {
        using var answer = await who.SubmitAsync("/newsroom/media/", [], files: ("file", name, content ?? Photographs.Of(40, 30, "png")));
        var id = long.Parse(answer.Headers.Location!.OriginalString.Split('/')[3], System.Globalization.CultureInfo.InvariantCulture);
        return (id, await site.ReadAsync(db => db.Media.Where(m => m.ArticleId == id).Select(m => m.Path).SingleAsync()));
    }

    public sealed class OnSqlite(BucketSiteTests.UnstartedSqlite site, S3Server server) : BucketNewsroomTests(site, server), IClassFixture<BucketSiteTests.UnstartedSqlite>, IClassFixture<S3Server>;

    public sealed class OnPostgres(BucketSiteTests.UnstartedPostgres site, S3Server server) : BucketNewsroomTests(site, server), IClassFixture<BucketSiteTests.UnstartedPostgres>, IClassFixture<S3Server>;
}
