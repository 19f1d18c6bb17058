using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public sealed class SourceSetTests
{
    private const string Tide = "/wp-content/uploads/2020/02/high tide.jpg";

    private static readonly RenderContext Context = new()
    {
        Media = new MediaShelf(
            new MediaFacts(1, Tide, Present: true, MimeType: "image/jpeg", Width: 2400, Height: 1600),
            new MediaFacts(2, "/wp-content/uploads/moving.gif", Present: true, MimeType: "image/gif", Width: 2400, Height: 1600),
            new MediaFacts(3, "/wp-content/uploads/small.png", Present: true, MimeType: "image/png", Width: 300, Height: 200),
            new MediaFacts(5, "/wp-content/uploads/moving.webp", Present: true, MimeType: "image/webp", Width: 2400, Height: 1600, Moves: true),
            new MediaFacts(4, "/wp-content/uploads/unknown.jpg", Present: true, MimeType: "image/jpeg")),
    };

    [Theory]
    [InlineData(2400, 1600, "150x150 300x200 768x512 1024x683 1536x1024 2048x1365")]
    [InlineData(768, 1024, "150x150 300x400")]
    [InlineData(4000, 100, "300x8 768x19 1024x26 1536x38 2048x51")]
    [InlineData(20_000, 1, "300x1 768x1 1024x1 1536x1 2048x1")]
    [InlineData(151, 151, "150x150")]
    [InlineData(150, 400, "")]
    public void A_picture_has_the_renditions_that_are_smaller_than_it(int width, int height, string sizes) =>
        Assert.Equal(sizes, string.Join(' ', Rendition.Of(width, height).Select(r => $"{r.Width}x{r.Height}")));

    [Theory]
    [InlineData(768, 512, "768x512")]
    [InlineData(150, 150, "150x150")]
    [InlineData(700, 400, "768x512")]
    [InlineData(225, 300, "768x512")]
    [InlineData(200, 200, "300x200")]
    [InlineData(2100, 10, null)]
    [InlineData(99_999, 99_999, null)]
    public void Another_size_is_answered_with_the_nearest_that_is_not_smaller(int width, int height, string? nearest) =>
        Assert.Equal(nearest, Rendition.For(2400, 1600, width, height) is { } r ? $"{r.Width}x{r.Height}" : null);

    [Theory]
    [InlineData("/a.b/boat", "/a.b/boat-300x200")]
    [InlineData("/a/boat.two.jpg", "/a/boat.two-300x200.jpg")]
    public void The_size_stands_before_the_ending(string original, string address) => Assert.Equal(address, new Rendition("medium", 300, 200, false).AddressOf(original));

    [Fact]
    public void A_body_offers_what_a_dense_screen_can_use_and_no_more() => Assert.Contains(
        "srcset=\"/wp-content/uploads/2020/02/high%20tide-300x200.jpg 300w, /wp-content/uploads/2020/02/high%20tide-768x512.jpg 768w, /wp-content/uploads/2020/02/high%20tide-1024x683.jpg 1024w, /wp-content/uploads/2020/02/high%20tide-1536x1024.jpg 1536w\"",
        Shown("<img src=\"/wp-content/uploads/2020/02/high%20tide.jpg\">"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<img src=/wp-content/uploads/moving.gif>")]
    [InlineData("<img src=/wp-content/uploads/moving.webp>")]
    [InlineData("<img src=/wp-content/uploads/moving.gif srcset=\"/wp-content/uploads/moving-300x200.gif 300w, /wp-content/uploads/moving.gif 2400w\">")]
    [InlineData("<img src=/wp-content/uploads/small.png>")]
    [InlineData("<img src=/wp-content/uploads/unknown.jpg>")]
    [InlineData("<img src=\"/wp-content/uploads/2020/02/high%20tide-150x150.jpg\">")]
    [InlineData("<img width=\"100%\" src=\"/wp-content/uploads/2020/02/high%20tide.jpg\">")]
    public void What_has_no_renditions_like_it_is_shown_as_it_is(string body) => Assert.DoesNotContain("srcset", Shown(body), StringComparison.Ordinal);

    [Fact]
    public void What_a_body_says_itself_stays()
    {
        var html = Shown("<img src=/wp-content/uploads/small.png width=30 height=20 srcset=\"/wp-content/uploads/small.png 300w, /wp-content/uploads/gone.png 900w\" sizes=\"50vw\">");

        Assert.Contains("srcset=\"/wp-content/uploads/small.png 300w\" sizes=\"50vw\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("width=600", "width=\"600\" height=\"400\"")]
    [InlineData("height=400", "height=\"400\" width=\"600\"")]
    [InlineData("", "width=\"2400\" height=\"1600\"")]
    public void Both_sides_are_told_so_that_nothing_jumps(string written, string shown) => Assert.Contains(shown, Shown($"<img src=\"/wp-content/uploads/2020/02/high%20tide.jpg\" {written}>"), StringComparison.Ordinal);

    private static string Shown(string body) => ArticleRenderer.Render(body, BodyFormat.Html, Context).Html.Value;
}
