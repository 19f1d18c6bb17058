using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.Features.Transfer;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Media;

public sealed class ShowUploadTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task A_picture_is_shown_with_its_own_type_whatever_its_name()
    {
        using var response = await GetAsync("picture.txt", Samples.Png);

        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotNull(response.Headers.CacheControl!.MaxAge);
        Assert.Equal(Samples.Png, await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")]
    [InlineData("page.html", "<!doctype html><script>alert(1)</script>")]
    [InlineData("picture.jpg", "  <html><body onload=alert(1)>")]
    [InlineData("script.js", "alert(1)")]
    [InlineData("feed.xml", "<?xml version=\"1.0\"?><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>")]
    [InlineData("notes.txt", "plain words")]
    public async Task What_could_carry_script_is_only_offered_for_download(string name, string content)
    {
        using var response = await GetAsync(name, Encoding.UTF8.GetBytes(content));

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_it_already_is_told_so_and_parts_can_be_asked_for()
    {
        using var first = await GetAsync("again.png", Samples.Png);
        using var reader = site.NewReader();
        using var same = new HttpRequestMessage(HttpMethod.Get, new Uri("/wp-content/uploads/2020/again.png", UriKind.Relative));
        same.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var part = new HttpRequestMessage(HttpMethod.Get, new Uri("/wp-content/uploads/2020/again.png", UriKind.Relative));
        part.Headers.Range = new RangeHeaderValue(1, 3);

        using var notModified = await reader.Http.SendAsync(same);
        using var partial = await reader.Http.SendAsync(part);

        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
        Assert.Equal(HttpStatusCode.PartialContent, partial.StatusCode);
        Assert.Equal("PNG"u8.ToArray(), await partial.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/wp-content/uploads/nothing.png")]
    [InlineData("/wp-content/uploads/..%2f..%2fbroadsheet.db")]
    [InlineData("/wp-content/uploads/%2e%2e/%2e%2e/broadsheet.db")]
    [InlineData("/wp-content/uploads/2020/..%5c..%5cbroadsheet.db")]
    [InlineData("/wp-content/uploads/%00")]
    [InlineData("/wp-content/uploads//etc/passwd")]
    public async Task No_path_leads_out_of_the_store(string path)
    {
        using var reader = site.NewReader();
        using var response = await reader.GetAsync(path);

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, response.StatusCode.ToString());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0, 0, 0xFF, 0xC2, 0x00, 0x11, 0x08, 0x01, 0x02, 0x03, 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 0x0304, 0x0102)]
    [InlineData(new byte[] { (byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'9', (byte)'a', 10, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 10, 20)]
    public void Sizes_come_from_the_head_of_a_picture(byte[] head, int width, int height) => Assert.Equal((width, height), PictureSize.Of(head));

    [Fact]
    public void And_from_a_real_one() => Assert.Equal((1, 1), PictureSize.Of(Samples.Png));

    private async Task<HttpResponseMessage> GetAsync(string name, byte[] content)
    {
        var store = site.App.Services.GetRequiredService<UploadedFiles>();
        using var stream = new MemoryStream(content);
        await store.SaveAsync($"/wp-content/uploads/2020/{name}", stream, 1_000, CancellationToken.None);
        using var reader = site.NewReader();
        var response = await reader.GetAsync($"/wp-content/uploads/2020/{name}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }
}
