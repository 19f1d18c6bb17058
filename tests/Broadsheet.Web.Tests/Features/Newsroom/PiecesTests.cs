using System.Globalization;
using System.Net;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Newsroom.Uploads;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Broadsheet.Web.Tests.Features.Newsroom.PieceSender;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>tus 1.0.0: core, creation, termination, expiration.</summary>
public abstract class PiecesTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_file_comes_in_piece_by_piece_and_is_gone_on_with_after_a_break()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var token = await TokenAsync(ann);
        byte[] film = [0, 0, 0, 24, .. "ftypisom"u8, .. Enumerable.Range(0, 100_000).Select(i => (byte)i)];

        var url = await BeginAsync(ann, token, film.Length, "Harbour film.mp4", "A boat");
        using (var first = await AppendAsync(ann, token, url, 0, film[..40_000])) Assert.Equal((HttpStatusCode.NoContent, "40000"), (first.StatusCode, Header(first, "Upload-Offset")));
        // A sender that does not know how far it came asks; a piece for another place is not taken.
        using (var wrong = await AppendAsync(ann, token, url, 30_000, film[30_000..])) Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        using (var look = await SendAsync(ann, token, HttpMethod.Head, url)) Assert.Equal(("40000", film.Length.ToString(CultureInfo.InvariantCulture), "1.0.0"), (Header(look, "Upload-Offset"), Header(look, "Upload-Length"), Header(look, "Tus-Resumable")));
        using var last = await AppendAsync(ann, token, url, 40_000, film[40_000..]);

        Assert.Equal(HttpStatusCode.NoContent, last.StatusCode);
        var medium = Header(last, "Upload-Medium")!;
        var page = await ann.OpenAsync(medium);
        var path = page.QuerySelector(".medium video")!.GetAttribute("src")!;
        Assert.EndsWith("/harbour-film.mp4", path, StringComparison.Ordinal);
        Assert.Equal(film, await ann.Browser.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        Assert.Equal("A boat", await site.ReadAsync(db => db.Media.Where(m => m.Path == path).Select(m => m.Alt).SingleAsync()));
        // The last answer may be lost: it can be asked for, and the file does not come in twice.
        using var again = await SendAsync(ann, token, HttpMethod.Head, url);
        using var twice = await AppendAsync(ann, token, url, film.Length, []);
        Assert.Equal((medium, medium), (Header(again, "Upload-Medium"), Header(twice, "Upload-Medium")));
        Assert.Equal(1, await site.ReadAsync(db => db.Media.CountAsync(m => m.Path.Contains("harbour-film"))));
    }

    [Fact]
    public async Task What_a_whole_file_is_its_content_says()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var token = await TokenAsync(ann);
        var page = Encoding.ASCII.GetBytes("<!doctype html><script>alert(1)</script>");
        var url = await BeginAsync(ann, token, page.Length, "film.mp4");

        using var answer = await AppendAsync(ann, token, url, 0, page);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("web page", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var gone = await SendAsync(ann, token, HttpMethod.Head, url);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Empty(Unfinished(url));
    }

    [Fact]
    public async Task An_upload_is_its_beginners_alone_needs_the_token_and_can_be_ended()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var (token, bobs) = (await TokenAsync(ann), await TokenAsync(bob));
        var url = await BeginAsync(ann, token, 1_000, "hers.mp4");

        using (var look = await SendAsync(bob, bobs, HttpMethod.Head, url)) Assert.Equal(HttpStatusCode.NotFound, look.StatusCode);
        using (var add = await AppendAsync(bob, bobs, url, 0, new byte[10])) Assert.Equal(HttpStatusCode.NotFound, add.StatusCode);
        using (var bare = await AppendAsync(ann, null, url, 0, new byte[10])) Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        using (var version = new HttpRequestMessage(HttpMethod.Delete, url) { Headers = { { "RequestVerificationToken", token } } })
        using (var old = await ann.Browser.Http.SendAsync(version)) Assert.Equal(HttpStatusCode.PreconditionFailed, old.StatusCode);
        Assert.Single(Unfinished(url));
        using (var end = await SendAsync(ann, token, HttpMethod.Delete, url)) Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        Assert.Empty(Unfinished(url));
    }

    [Fact]
    public async Task Neither_too_large_a_file_nor_more_than_was_said_nor_too_many_at_once_are_taken()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var token = await TokenAsync(ann);
        using (var large = await SendAsync(ann, token, HttpMethod.Post, Pieces, ("Upload-Length", "2147483649"))) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using (var endless = await SendAsync(ann, token, HttpMethod.Post, Pieces, ("Upload-Length", "-1"))) Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
        var url = await BeginAsync(ann, token, 100, "short.mp4");
        using (var more = await AppendAsync(ann, token, url, 0, new byte[101])) Assert.Equal(HttpStatusCode.Conflict, more.StatusCode);
        for (var i = 1; i < UploadLedger.MostUnfinished; i++) await BeginAsync(ann, token, 100, $"{i}.mp4");

        using var eleventh = await SendAsync(ann, token, HttpMethod.Post, Pieces, ("Upload-Length", "100"));

        Assert.Equal(HttpStatusCode.TooManyRequests, eleventh.StatusCode);
    }

    [Fact]
    public async Task An_unfinished_upload_is_forgotten_after_a_day()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var token = await TokenAsync(ann);
        var url = await BeginAsync(ann, token, 1_000, "left.mp4");
        var key = url.Split('/')[^2];
        await ForgetAsync();
        Assert.Single(Unfinished(url));

        await site.Writes.RunAsync((scope, ct) => scope.Db.UnfinishedUploads.Where(u => u.Key == key).ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresAt, scope.Now.AddSeconds(-1)), ct), CancellationToken.None);
        using (var late = await AppendAsync(ann, token, url, 0, new byte[10])) Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        await ForgetAsync();

        Assert.Empty(Unfinished(url));
        Assert.Equal(0, await site.ReadAsync(db => db.UnfinishedUploads.CountAsync(u => u.Key == key)));
    }

    private string[] Unfinished(string url) => Directory.GetFiles(Path.Combine(site.Folder, "media", "incoming"), $"*{url.Split('/')[^2]}");

    private Task<bool> ForgetAsync() => site.App.Services.GetServices<IRecurring>().OfType<ForgetFiles>().Single().RunAsync(CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : PiecesTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PiecesTests(site), IClassFixture<PostgresSite>;
}
