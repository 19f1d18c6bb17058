using System.Diagnostics;
using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using static Broadsheet.Web.Tests.Features.Newsroom.PieceSender;

namespace Broadsheet.Web.Tests.Durability;

/// <summary>A disk that is full, or a program that is started anew, in the middle of an upload: it goes on where it stopped.</summary>
public abstract class UploadTroubleTests(BroadsheetSite site)
{
    private static readonly byte[] Film = [0, 0, 0, 24, .. "ftypisom"u8, .. MediaStoreTests.Bytes(3 << 20)];

    [Fact]
    public async Task A_full_disk_says_so_keeps_what_is_there_and_goes_on_when_there_is_room()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var token = await TokenAsync(ann);
        var media = Directory.CreateDirectory(Path.Combine(site.Folder, "media")).FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", media) != 0) Assert.Skip("A small disk can be mounted by root only.");
        try
        {
            var url = await BeginAsync(ann, token, Film.Length, "full.mp4");
            using (var first = await AppendAsync(ann, token, url, 0, Film[..500_000])) Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
            // Room for half of the rest; then for all of it, but not for a second copy.
            var ballast = Path.Combine(media, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[6 << 20]);
            using (var piece = await AppendAsync(ann, token, url, 500_000, Film[500_000..])) await AssertFullAsync(piece);
            var here = await OffsetAsync(ann, token, url);
            Assert.InRange(here, 500_000, Film.Length - 1);
            await File.WriteAllBytesAsync(ballast, new byte[3 << 20]);
            using (var rest = await AppendAsync(ann, token, url, here, Film[(int)here..])) await AssertFullAsync(rest);
            Assert.Equal(Film.Length, await OffsetAsync(ann, token, url));
            Assert.Equal(0, await site.ReadAsync(db => db.Media.CountAsync(m => m.Path.Contains("full"))));
            Assert.False(Directory.Exists(Path.Combine(media, "uploads")) && Directory.EnumerateFiles(Path.Combine(media, "uploads"), "full*", SearchOption.AllDirectories).Any());
            File.Delete(ballast);

            using var last = await AppendAsync(ann, token, url, Film.Length, []);

            await AssertIsHereAsync(ann, last);
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(media, "incoming")));
        }
        finally
        {
            await RunAsync("umount", "-l", media);
        }
    }

    [Fact]
    public async Task A_program_that_is_killed_in_the_middle_of_a_piece_goes_on_with_it_when_it_is_started_anew()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var url = await BeginAsync(ann, await TokenAsync(ann), Film.Length, "again.mp4");
        var file = Directory.EnumerateFiles(Path.Combine(site.Folder, "media", "incoming"), $"*{url.Split('/')[^2]}").Single();
        await site.StopAsync();
        using (var program = await RunningProgram.StartAsync(site))
        {
            using var browser = new ReaderClient(program.Url);
            browser.Cookies.Add(ann.Browser.Cookies.GetAllCookies());
            var token = (await browser.OpenAsync("/newsroom/media/")).QuerySelector("form.upload input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var gone = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(url, UriKind.Relative)) { Content = new StalledContent(Film[..1_000_000], gone.Token) };
            foreach (var (name, value) in new[] { ("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0"), ("RequestVerificationToken", token) }) request.Headers.Add(name, value);
            var piece = browser.Http.SendAsync(request);
            await Eventually.SeesAsync(() => Task.FromResult(new FileInfo(file).Length >= 900_000));
            program.Process.Kill();
            await program.Process.WaitForExitAsync();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => piece);
        }
        await site.StartAsync();
        using var again = new StaffClient(site, ann.Id, ann.Email);
        using var signedIn = await again.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), []);

        var here = await OffsetAsync(again, await TokenAsync(again), url);
        Assert.InRange(here, 900_000, 1_000_000);
        using var rest = await AppendAsync(again, await TokenAsync(again), url, here, Film[(int)here..]);

        await AssertIsHereAsync(again, rest);
    }

    private async Task AssertIsHereAsync(StaffClient who, HttpResponseMessage last)
    {
        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        var path = (await who.OpenAsync(Header(last, "Upload-Medium")!)).QuerySelector(".medium video")!.GetAttribute("src")!;
        MediaStoreTests.AssertSame(Film, await who.Browser.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
    }

    private static async Task AssertFullAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("it can be gone on with", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<long> OffsetAsync(StaffClient who, string token, string url)
    {
        using var look = await SendAsync(who, token, HttpMethod.Head, url);
        return long.Parse(Header(look, "Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>A piece of which the end never comes.</summary>
    private sealed class StalledContent : HttpContent
    {
        private readonly byte[] _begin;
        private readonly CancellationToken _gone;

        public StalledContent(byte[] begin, CancellationToken gone)
        {
            (_begin, _gone) = (begin, gone);
            Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/offset+octet-stream");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_begin);
            await stream.FlushAsync();
            await Task.Delay(Timeout.Infinite, _gone);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2_000_000;
            return true;
        }
    }

    public sealed class OnSqlite(SqliteSite site) : UploadTroubleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : UploadTroubleTests(site), IClassFixture<PostgresSite>;
}
