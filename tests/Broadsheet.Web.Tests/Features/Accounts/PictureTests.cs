using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Broadsheet.Web.Tests.Features.Accounts;

/// <summary>A person's own picture, from the file that they choose to the pages that show it.</summary>
public abstract class PictureTests(BroadsheetSite site)
{
    private const string Svg = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>""";

    [Fact]
    public async Task An_uploaded_picture_stands_beside_its_owners_comments_and_a_new_one_has_a_new_address()
    {
        using var ann = await CommenterAsync();
        var article = await site.PublishAsync("Pictured");
        await SayAsync(ann, article);
        await site.TalkAsync(article.Id, [null]);
        using var reader = site.NewReader();
        Assert.Empty((await reader.OpenAsync(article.Path)).QuerySelectorAll(".comment-list img"));

        await UploadAsync(ann, Png(300, 200, 200));

        var first = await ShownAsync(reader, article, _ => true);
        var page = await reader.OpenAsync(article.Path);
        // The other commenter's initials stay text, and cost no request.
        Assert.Single(page.QuerySelectorAll(".comment-list img.avatar"));
        Assert.Equal("R0", page.QuerySelector(".comment-list span.avatar")!.TextContent);
        using var kept = await reader.GetAsync(first);
        Assert.Equal("image/webp", kept.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", kept.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using (var picture = Image.NewFromBuffer(await kept.Content.ReadAsByteArrayAsync())) Assert.Equal((192, 192), (picture.Width, picture.Height));

        await UploadAsync(ann, Png(300, 200, 20));

        var second = await ShownAsync(reader, article, src => src != first);
        Assert.NotEqual(await reader.Http.GetByteArrayAsync(new Uri(first.Split('?')[0], UriKind.Relative)), await kept.Content.ReadAsByteArrayAsync());
        // An address that is out of date, or not given yet, is not kept for ever by anybody.
        foreach (var other in new[] { first, $"{second}9" })
        {
            using var late = await reader.GetAsync(other);
            Assert.DoesNotContain("immutable", late.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_of_a_thread_asks_as_often_as_before_whoever_has_a_picture()
    {
        using var ann = await CommenterAsync();
        var article = await site.PublishAsync("Counted");
        await SayAsync(ann, article);
        await site.SettleAsync();
        var before = await CountAsync(article);

        await UploadAsync(ann, Png(300, 200, 90));
        using (var reader = site.NewReader()) await ShownAsync(reader, article, _ => true);

        Assert.InRange(before, 1, 4);
        Assert.Equal(before, await CountAsync(article));
        Assert.DoesNotContain(site.Statements.Statements, s => s.Contains("avatars", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_picture_leaves_initials()
    {
        using var ann = await CommenterAsync();
        var article = await site.PublishAsync("Removed");
        await SayAsync(ann, article);
        await UploadAsync(ann, Png(300, 200, 90));
        using var reader = site.NewReader();
        var address = await ShownAsync(reader, article, _ => true);

        using (var answer = await ann.SubmitAsync("/account/", [], form: "form[action='/account/picture/remove/']")) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);

        await Eventually.SeesAsync(async () => (await reader.OpenAsync(article.Path)).QuerySelector(".comment-list span.avatar") is not null);
        using var gone = await reader.GetAsync(address);
        Assert.Equal("image/svg+xml", gone.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("immutable", gone.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var account = await ann.OpenAsync("/account/");
        Assert.Null(account.QuerySelector("form[action='/account/picture/remove/']"));
        Assert.DoesNotContain("&v=", account.QuerySelector("img.picture")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Null(await site.ReadAsync(db => db.Avatars.Where(a => a.AuthorKey == KeyOf(address)).Select(a => a.Picture).SingleAsync()));

        // Its next picture has an address that none had before.
        await UploadAsync(ann, Png(300, 200, 30));
        await ShownAsync(reader, article, src => src != address);
    }

    [Fact]
    public async Task Nothing_that_is_fetched_replaces_an_uploaded_picture()
    {
        using var ann = await CommenterAsync();
        await UploadAsync(ann, Png(300, 200, 90));
        var key = await KeyAsync(ann);
        var own = await PictureAsync(key);

        await site.Writes.RunAsync((scope, ct) => PictureLedger.FetchedAsync(scope, key, [1, 2, 3], isNew: true, 7, ct), CancellationToken.None);
        await site.Writes.RunAsync((scope, ct) => PictureLedger.FetchedAsync(scope, key, null, isNew: true, 8, ct), CancellationToken.None);

        Assert.Equal(own, await PictureAsync(key));
        Assert.Equal(8, await site.ReadAsync(db => db.Avatars.Where(a => a.AuthorKey == key).Select(a => a.CommentId).SingleAsync()));
    }

    [Fact]
    public async Task Among_those_who_like_and_in_the_API_the_picture_stands_too()
    {
        using var ann = await CommenterAsync();
        var article = await site.PublishAsync("Liked");
        await SayAsync(ann, article);
        await UploadAsync(ann, Png(300, 200, 90));
        using (var agreed = await ann.SubmitAsync("/account/", [], ("show", "1"), "form[action='/account/likes/']")) Assert.Equal("/account/?said=likes", agreed.Headers.Location!.OriginalString);
        var liked = await ann.Browser.PostAsync("/discussion/likes/", [new("post", $"{article.Id}"), new("like", "post")]);
        Assert.True((int)liked.StatusCode < 400, $"{liked.StatusCode}");

        using var reader = site.NewReader();
        var likes = await reader.OpenAsync($"/discussion/likes/?post={article.Id}");
        var api = await reader.ReadAsync($"/wp-json/wp/v2/comments?post={article.Id}");

        Assert.StartsWith("/discussion/avatar/", likes.QuerySelector(".likers img.avatar")!.GetAttribute("src"), StringComparison.Ordinal);
        using var comments = System.Text.Json.JsonDocument.Parse(api);
        var address = comments.RootElement[0].GetProperty("author_avatar_urls").GetProperty("96").GetString()!;
        Assert.StartsWith(site.Url.AbsoluteUri, address, StringComparison.Ordinal);
        using var picture = await reader.GetAsync(address);
        Assert.Equal("image/webp", picture.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("notes.png", "only words", "no picture")]
    [InlineData("drawing.svg", Svg, "no picture")]
    [InlineData("drawing.png", Svg, "no picture")]
    [InlineData("empty.png", "", "empty")]
    public async Task What_is_no_picture_is_refused_and_the_old_one_stays(string name, string content, string because)
    {
        using var ann = await CommenterAsync();
        await UploadAsync(ann, Png(300, 200, 90));
        var before = await PictureAsync(await KeyAsync(ann));

        await RefusedAsync(ann, name, Encoding.Latin1.GetBytes(content), because);

        Assert.Equal(before, await PictureAsync(await KeyAsync(ann)));
    }

    [Fact]
    public async Task Too_large_too_wide_or_cut_off_pictures_are_refused_with_the_reason_and_the_choice_stays()
    {
        using var ann = await CommenterAsync();
        using var black = Image.Black(20_000, 20_000);
        using var photograph = Image.Gaussnoise(600, 600).Cast(Enums.BandFormat.Uchar);
        var jpeg = photograph.JpegsaveBuffer(q: 90);

        await RefusedAsync(ann, "bomb.png", black.PngsaveBuffer(compression: 9, bitdepth: 1), "20,000 × 20,000 pixels");
        var png = photograph.PngsaveBuffer();
        await RefusedAsync(ann, "cut.jpg", jpeg[..(jpeg.Length / 2)], "damaged");
        await RefusedAsync(ann, "cut.png", png[..(png.Length / 2)], "damaged");
        var page = await RefusedAsync(ann, "large.jpg", [.. jpeg, .. new byte[6 << 20]], "MB; up to 5 MB fit");

        Assert.Equal("end", ((IHtmlInputElement)page.QuerySelector("[name=part][checked]")!).Value);
        Assert.False(await site.ReadAsync(db => db.Avatars.AnyAsync(a => a.PersonId == ann.Id)));
        using var nothing = await ann.SubmitAsync("/account/", [], form: "form[data-picture]");
        Assert.Contains("Choose a picture", (await StaffClient.PageOf(nothing)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to_and_comes_back()
    {
        using var reader = site.NewReader();

        using var page = await reader.GetAsync("/account/");
        using var post = await reader.PostAsync("/account/picture/remove/", []);

        Assert.Equal((HttpStatusCode.Found, "/account/sign-in/?returnUrl=%2Faccount%2F"), (page.StatusCode, page.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.Unauthorized, post.StatusCode);
        using var person = await StaffClient.AddAsync(site, Role.Reader, "a long enough password");
        using var answer = await person.SubmitAsync(page.Headers.Location.OriginalString, [new("email", person.Email), new("password", "a long enough password")]);
        Assert.Equal("/account/", answer.Headers.Location!.OriginalString);
        Assert.Contains(person.Email, (await person.OpenAsync("/account/")).QuerySelector(".who")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_changes_nothing_and_neither_does_a_form_without_its_token()
    {
        using var ann = await CommenterAsync();
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/account/picture/") { Content = new MultipartFormDataContent { { new ByteArrayContent(Png(300, 200, 90)), "picture", "me.png" } } };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        ann.Browser.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");

        using var refused = await ann.Browser.Http.SendAsync(foreign);
        ann.Browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var tokenless = await ann.Browser.PostAsync("/account/likes/", [new("show", "1")]);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tokenless.StatusCode);
        Assert.False(await site.ReadAsync(db => db.Avatars.AnyAsync(a => a.PersonId == ann.Id)));
        Assert.False(await site.ReadAsync(db => db.Users.Where(u => u.Id == ann.Id).Select(u => u.ShowsLikes).SingleAsync()));
    }

    private async Task<StaffClient> CommenterAsync()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        return await StaffClient.SignInAsync(site, Role.Reader);
    }

    private static async Task SayAsync(StaffClient ann, PublishedArticle article)
    {
        using var answer = await ann.Browser.CommentAsync(article.Path, $"The ferry was late again, {article.Id}.");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    private static async Task UploadAsync(StaffClient ann, byte[] picture)
    {
        using var answer = await ann.SubmitAsync("/account/", [], form: "form[data-picture]", files: ("picture", "me.png", picture));
        Assert.Equal("/account/?said=picture", answer.Headers.Location?.OriginalString);
    }

    private static async Task<IHtmlDocument> RefusedAsync(StaffClient ann, string name, byte[] content, string because)
    {
        using var answer = await ann.SubmitAsync("/account/", [new("part", "end")], form: "form[data-picture]", files: ("picture", name, content));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains(because, page.QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        return page;
    }

    /// <summary>The page may be a few seconds behind.</summary>
    /// <returns>The address of the picture in the thread.</returns>
    private static async Task<string> ShownAsync(ReaderClient reader, PublishedArticle article, Func<string, bool> isRight)
    {
        string? address = null;
        await Eventually.SeesAsync(async () => (address = (await reader.OpenAsync(article.Path)).QuerySelector(".comment-list img.avatar")?.GetAttribute("src")) is { } src && isRight(src));
        return address!;
    }

    private async Task<int> CountAsync(PublishedArticle article)
    {
        using var reader = site.NewReader();
        // A cookie of one's own: rendered for this reader, not taken from the shared pages.
        reader.Cookies.Add(site.Url, new Cookie("comment_author_x", "x"));
        await reader.ReadAsync(article.Path);
        site.Statements.Reset();
        await reader.ReadAsync(article.Path);
        return site.Statements.Statements.Count;
    }

    private async Task<string> KeyAsync(StaffClient ann) => AuthorKeys.OfPerson(await site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None), ann.Id);

    private Task<byte[]?> PictureAsync(string key) => site.ReadAsync(db => db.Avatars.Where(a => a.AuthorKey == key).Select(a => a.Picture).SingleAsync());

    private static string KeyOf(string address) => address.Split('/', '?')[3];

    private static byte[] Png(int width, int height, int grey)
    {
        using var image = Image.Black(width, height, bands: 3) + grey;
        using var bytes = image.Cast(Enums.BandFormat.Uchar);
        return bytes.PngsaveBuffer();
    }

    public sealed class OnSqlite(SqliteSite site) : PictureTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PictureTests(site), IClassFixture<PostgresSite>;
}
