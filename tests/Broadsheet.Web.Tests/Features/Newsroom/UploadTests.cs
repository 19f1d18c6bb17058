using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using NetVips;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class UploadTests(BroadsheetSite site)
{
    private const string Svg = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>""";

    [Fact]
    public async Task A_picture_comes_in_with_its_alt_text_and_stands_at_WordPress_address()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);

        using var first = await UploadAsync(ann, "Boat at Dusk.JPEG", Picture(640, 480, "png"), "A boat");
        using var second = await UploadAsync(ann, "boat-at-dusk.png", Picture(10, 10, "png"), "");

        var medium = await ann.OpenAsync(first.Headers.Location!.OriginalString);
        var path = medium.QuerySelector(".medium img")!.GetAttribute("src")!;
        // A PNG, whatever its name said.
        Assert.Matches(@"^/wp-content/uploads/\d{4}/\d{2}/boat-at-dusk\.png$", path);
        Assert.Equal("A boat", medium.QuerySelector(".medium img")!.GetAttribute("alt"));
        Assert.Contains($"![A boat]({path})", ((IHtmlInputElement)medium.QuerySelector("#f-markdown")!).Value, StringComparison.Ordinal);
        Assert.EndsWith("boat-at-dusk-2.png", (await ann.OpenAsync(second.Headers.Location!.OriginalString)).QuerySelector(".medium img")!.GetAttribute("src"), StringComparison.Ordinal);
        using var file = await ann.GetAsync(path);
        Assert.Equal("image/png", file.Content.Headers.ContentType?.MediaType);
        using var shown = Image.NewFromBuffer(await file.Content.ReadAsByteArrayAsync());
        Assert.Equal((640, 480), (shown.Width, shown.Height));
        using var small = await ann.GetAsync(path.Replace(".png", "-300x225.png", StringComparison.Ordinal));
        using var thumbnail = Image.NewFromBuffer(await small.Content.ReadAsByteArrayAsync());
        Assert.Equal((300, 225), (thumbnail.Width, thumbnail.Height));
    }

    [Theory]
    [InlineData("drawing.png", Svg, "SVG")]
    [InlineData("drawing.svg", Svg, "SVG")]
    [InlineData("page.jpg", "<!doctype html><script>alert(1)</script>", "web page")]
    [InlineData("notes.pdf", "only words", "not a kind of file")]
    [InlineData("program.mp4", "MZ\u0090\0\u0003\0\0\0", "not a kind of file")]
    [InlineData("empty.png", "", "empty")]
    public async Task What_only_has_the_name_of_a_picture_is_refused(string name, string content, string because)
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var before = await site.ReadAsync(db => db.Media.CountAsync());

        using var answer = await UploadAsync(ann, name, Encoding.Latin1.GetBytes(content), "");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(because, (await StaffClient.PageOf(answer)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await site.ReadAsync(db => db.Media.CountAsync()));
    }

    [Fact]
    public async Task A_damaged_picture_is_refused()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var whole = Picture(400, 400, "jpg");

        using var answer = await UploadAsync(ann, "cut.jpg", whole[..(whole.Length / 2)], "");

        Assert.Contains("damaged", (await StaffClient.PageOf(answer)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_pixels_are_refused_before_they_are_unpacked()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var black = Image.Black(20_000, 20_000);
        var bomb = black.PngsaveBuffer(compression: 9, bitdepth: 1);
        Assert.InRange(bomb.Length, 1, 1 << 20);

        using var answer = await UploadAsync(ann, "bomb.png", bomb, "");

        Assert.Contains("million pixels", (await StaffClient.PageOf(answer)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_picture_was_taken_does_not_come_in_with_it()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var plain = Image.NewFromBuffer(Picture(300, 200, "jpg"));
        using var tagged = plain.Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "52/1 31/1 0/1");
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitudeRef", "N");
            m.Set(GValue.GStrType, "exif-ifd0-Model", "Spycam 3000");
            m.Set(GValue.GStrType, "exif-ifd0-Orientation", "6");
            m.Set(GValue.GIntType, "orientation", 6);
        });
        var photograph = tagged.JpegsaveBuffer();
        using (var check = Image.NewFromBuffer(photograph)) Assert.Contains("exif-ifd3-GPSLatitude", check.GetFields());
        Assert.Contains("Spycam", Encoding.Latin1.GetString(photograph), StringComparison.Ordinal);

        using var answer = await UploadAsync(ann, "holiday.jpg", photograph, "");

        var bytes = await FileOf(ann, answer);
        Assert.DoesNotContain("Spycam", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        using var stored = Image.NewFromBuffer(bytes);
        Assert.DoesNotContain(stored.GetFields(), f => f.StartsWith("exif-", StringComparison.Ordinal));
        // Upright, since the note that it lies on its side is gone, too.
        Assert.Equal((200, 300), (stored.Width, stored.Height));
    }

    [Theory]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("webp", "image/webp")]
    [InlineData("avif", "image/avif")]
    public async Task A_large_picture_is_scaled_to_2560_pixels(string ending, string type)
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);

        using var answer = await UploadAsync(ann, $"large-{ending}.{ending}", Picture(3_000, 600, ending), "");

        using var stored = Image.NewFromBuffer(await FileOf(ann, answer));
        Assert.Equal((2_560, 512), (stored.Width, stored.Height));
        Assert.Equal(type, await site.ReadAsync(db => db.Media.OrderByDescending(m => m.ArticleId).Select(m => m.MimeType).FirstAsync()));
    }

    [Fact]
    public async Task A_moving_picture_goes_on_moving()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var frames = Image.Arrayjoin([Image.Black(40, 30, bands: 3), Image.Black(40, 30, bands: 3) + new double[] { 200, 10, 10 }, Image.Black(40, 30, bands: 3) + new double[] { 10, 200, 10 }], across: 1).Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb).Mutate(m => { m.Set(GValue.GIntType, "page-height", 30); m.Set(GValue.ArrayIntType, "delay", new[] { 100, 100, 100 }); m.Set(GValue.GIntType, "loop", 0); });

        using var answer = await UploadAsync(ann, "moving.gif", frames.GifsaveBuffer(), "");

        using var stored = Image.GifloadBuffer(await FileOf(ann, answer), n: -1);
        Assert.Equal((3, 40, 30), ((int)stored.Get("n-pages"), stored.Width, stored.PageHeight));
        Assert.Equal(30, await site.ReadAsync(db => db.Media.OrderByDescending(m => m.ArticleId).Select(m => m.Height).FirstAsync()));
    }

    [Fact]
    public async Task A_sound_and_a_document_come_in_as_they_are()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        byte[] pdf = [.. "%PDF-1.7\n"u8, .. new byte[100], .. "startxref\n9\n%%EOF\n"u8], mp3 = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. new byte[100]];

        using var document = await UploadAsync(ann, "Minutes.pdf", pdf, "");
        using var sound = await UploadAsync(ann, "interview.wav", mp3, "");

        Assert.Equal(pdf, await FileOf(ann, document));
        Assert.Equal(mp3, await FileOf(ann, sound));
        Assert.NotNull((await ann.OpenAsync(sound.Headers.Location!.OriginalString)).QuerySelector("audio[src$='interview.mp3']"));
    }

    [Fact]
    public async Task Publishing_names_the_pictures_without_alt_text()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var bare = await UploadAsync(ann, "Bare Quay.png", Picture(40, 30, "png"), "");
        using var told = await UploadAsync(ann, "Told.png", Picture(40, 30, "png"), "A quay");
        var paths = await site.ReadAsync(db => db.Media.OrderByDescending(m => m.ArticleId).Take(2).Select(m => m.Path).ToListAsync());

        var id = await ann.WriteAsync("With two pictures", "publish", [new("format", "html"), new("body", string.Concat(paths.Select(p => $"<p><img src=\"{p}\"></p>")))]);

        var said = (await ann.OpenAsync($"/newsroom/articles/{id}/")).QuerySelector(".notice p")!.TextContent;
        Assert.Contains("Without alt text: bare-quay.png. Whoever", said, StringComparison.Ordinal);
        var plain = await ann.WriteAsync("With none", "publish");
        Assert.DoesNotContain("alt text", (await ann.OpenAsync($"/newsroom/articles/{plain}/")).QuerySelector(".notice p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_begins_as_a_PDF_is_not_taken()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);

        using var answer = await UploadAsync(ann, "Noise.pdf", [.. "%PDF-1.7\n"u8, .. new byte[5_000]], "");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("does not end as one", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_featured_picture_is_uploaded_with_the_article()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);

        using var answer = await ann.SubmitAsync("/newsroom/articles/new/", [new("title", "With its picture"), new("body", "Words.")], ("deed", "publish"), "form.editor", files: ("image_file", "front.png", Picture(50, 40, "png")));

        var image = await site.ReadAsync(db => db.Articles.Where(a => a.Title == "With its picture").Select(a => a.FeaturedImageId).SingleAsync());
        Assert.Equal(ArticleKind.Attachment, await site.ReadAsync(db => db.Articles.Where(a => a.Id == image).Select(a => a.Kind).SingleAsync()));
    }

    [Fact]
    public async Task Alt_text_and_caption_can_be_mended_by_uploader_and_editor_only()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        using var bob = await StaffClient.SignInAsync(site, Role.Author);
        using var added = await UploadAsync(ann, "captioned.png", Picture(20, 20, "png"), "");
        var path = added.Headers.Location!.OriginalString;

        using var saved = await ann.SubmitAsync(path, [new("alt", "Better words"), new("caption", "By <b>Ann</b><script>x</script>")]);
        var token = (await bob.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var refused = await bob.Browser.PostAsync(path, [new("__RequestVerificationToken", token), new("alt", "Bob was here")]);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var id = long.Parse(path.Split('/')[3]);
        var media = await site.ReadAsync(db => db.Media.SingleAsync(m => m.ArticleId == id));
        Assert.Equal("Better words", media.Alt);
        Assert.DoesNotContain("script", media.Caption, StringComparison.Ordinal);
        Assert.StartsWith("By <", media.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_with_a_sentence()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        byte[] film = [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[(32 << 20) + 10]];

        using var answer = await UploadAsync(ann, "film.mp4", film, "");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("32 MB", (await StaffClient.PageOf(answer)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> UploadAsync(StaffClient who, string name, byte[] content, string alt) => who.SubmitAsync("/newsroom/media/", [new("alt", alt)], files: ("file", name, content));

    private static async Task<byte[]> FileOf(StaffClient who, HttpResponseMessage uploaded)
    {
        Assert.Equal(HttpStatusCode.Found, uploaded.StatusCode);
        var path = (await who.OpenAsync(uploaded.Headers.Location!.OriginalString)).QuerySelector(".medium .facts a")!.GetAttribute("href")!;
        return await who.Browser.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
    }

    /// <summary>A real picture: a slope of colours.</summary>
    private static byte[] Picture(int width, int height, string ending)
    {
        using var slope = Image.Xyz(width, height).ExtractBand(0) * (255.0 / width);
        using var colours = slope.Bandjoin(slope * 0.5, slope * 0.2).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return ending switch { "png" => colours.PngsaveBuffer(), "webp" => colours.WebpsaveBuffer(), "avif" => colours.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0), _ => colours.JpegsaveBuffer() };
    }

    public sealed class OnSqlite(SqliteSite site) : UploadTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : UploadTests(site), IClassFixture<PostgresSite>;
}
