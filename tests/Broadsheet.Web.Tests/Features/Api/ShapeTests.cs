using System.Globalization;
using System.Text.Json.Nodes;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Api;

/// <summary>What the objects of the API look like: WordPress's members, in its order.</summary>
public abstract class ShapeTests(BroadsheetSite site)
{
    [Theory]
    [InlineData("posts/{one}", "id date date_gmt guid modified modified_gmt slug status type link title content excerpt author featured_media comment_status ping_status sticky template format meta categories tags class_list broadsheet_credit _links")]
    [InlineData("posts/{one}?context=embed", "id date slug type link title excerpt author featured_media broadsheet_credit _links")]
    [InlineData("pages/{staff}", "id date date_gmt guid modified modified_gmt slug status type link title content excerpt author featured_media parent menu_order comment_status ping_status template meta class_list broadsheet_credit _links")]
    [InlineData("media/{picture}", "id date date_gmt guid modified modified_gmt slug status type link title author featured_media comment_status ping_status template meta class_list description caption alt_text media_type mime_type media_details post source_url _links")]
    [InlineData("media/{picture}?context=embed", "id date slug type link title author featured_media caption alt_text media_type mime_type media_details source_url _links")]
    [InlineData("comments/{reply}", "id post parent author author_name author_url date date_gmt content link status type author_avatar_urls meta broadsheet_number _links")]
    [InlineData("comments/{reply}?context=embed", "id parent author author_name author_url date content link type author_avatar_urls broadsheet_number _links")]
    [InlineData("categories/{local}", "id count description link name slug taxonomy parent meta _links")]
    [InlineData("tags/{ferries}", "id count description link name slug taxonomy meta _links")]
    [InlineData("users/{author}", "id name url description link slug avatar_urls meta _links")]
    [InlineData("types/post", "description hierarchical has_archive name slug icon taxonomies rest_base rest_namespace _links")]
    [InlineData("statuses/publish", "name public queryable slug date_floating _links")]
    [InlineData("taxonomies/category", "name slug description types hierarchical rest_base rest_namespace _links")]
    public async Task An_object_has_WordPresss_members(string path, string members)
    {
        using var api = await ApiClient.OpenAsync(site);

        Assert.Equal(members, string.Join(' ', ReadApiTests.Members(await api.ReadAsync($"/wp-json/wp/v2/{path}"))));
    }

    [Fact]
    public async Task An_article_says_what_its_page_shows()
    {
        using var api = await ApiClient.OpenAsync(site);

        var post = await api.ReadAsync("/wp-json/wp/v2/posts/{one}");

        Assert.Equal(("2020-02-20T11:00:00", "2020-02-20T10:00:00"), (Text(post["date"]), Text(post["date_gmt"])));
        Assert.Equal(api.Fill("{site}{path}"), Text(post["link"]));
        Assert.Equal(("one", "publish", "post", "One"), (Text(post["slug"]), Text(post["status"]), Text(post["type"]), Text(post["title"]!["rendered"])));
        Assert.Equal(api.Fill("<p>The <a href=\"{site}/about/\">harbour</a> opens.</p>") + "<p>More of it: grünes Wasser.</p>", Text(post["content"]!["rendered"]).ReplaceLineEndings(""));
        Assert.Equal("<p>The harbour opens.</p>\n", Text(post["excerpt"]!["rendered"]));
        Assert.Equal((api.Sample.Author, api.Sample.Picture), ((long)post["author"]!, (long)post["featured_media"]!));
        Assert.Equal(("open", "closed", "standard", true), (Text(post["comment_status"]), Text(post["ping_status"]), Text(post["format"]), (bool)post["sticky"]!));
        Assert.Equal(api.Fill("[{news}] [{ferries}]"), $"{post["categories"]!.ToJsonString()} {post["tags"]!.ToJsonString()}");
        Assert.Contains("category-news", post["class_list"]!.AsArray().Select(c => c!.ToString()));
        Assert.Equal("""{"outlet":"The Wire","url":"https://wire.example.com/a","author":"Bo Writer","date":"2020-02-19","terms":"excerpt","retrieved":"2020-02-20"}""", post["broadsheet_credit"]!.ToJsonString());
        var two = await api.ReadAsync("/wp-json/wp/v2/posts/{two}");
        Assert.Null(two["broadsheet_credit"]);
        Assert.Equal("<p>A harbour in winter, grün &amp; still.</p>\n", Text(two["excerpt"]!["rendered"]));
        Assert.Equal("closed", Text((await api.ReadAsync("/wp-json/wp/v2/posts/{three}"))["comment_status"]));
    }

    [Fact]
    public async Task A_file_says_where_and_how_large_it_is()
    {
        using var api = await ApiClient.OpenAsync(site);

        var media = await api.ReadAsync("/wp-json/wp/v2/media/{picture}");

        Assert.Equal(api.Fill("{site}/wp-content/uploads/2020/02/boat.png"), Text(media["source_url"]));
        Assert.Equal(("A red boat", "image", "image/png", "inherit"), (Text(media["alt_text"]), Text(media["media_type"]), Text(media["mime_type"]), Text(media["status"])));
        Assert.Equal((640, 480, "2020/02/boat.png", 1_234L), ((int)media["media_details"]!["width"]!, (int)media["media_details"]!["height"]!, Text(media["media_details"]!["file"]), (long)media["media_details"]!["filesize"]!));
        var sizes = media["media_details"]!["sizes"]!;
        Assert.Equal(Text(media["source_url"]), Text(sizes["full"]!["source_url"]));
        Assert.Equal((300, 225, "boat-300x225.png", "image/png"), ((int)sizes["medium"]!["width"]!, (int)sizes["medium"]!["height"]!, Text(sizes["medium"]!["file"]), Text(sizes["medium"]!["mime_type"])));
        Assert.Equal(api.Fill("{site}/wp-content/uploads/2020/02/boat-150x150.png"), Text(sizes["thumbnail"]!["source_url"]));
        Assert.Null(sizes["medium_large"]);
    }

    [Fact]
    public async Task A_comment_leads_to_its_place_in_the_thread()
    {
        using var api = await ApiClient.OpenAsync(site);

        var reply = await api.ReadAsync("/wp-json/wp/v2/comments/{reply}");

        Assert.Equal(api.Fill("{site}{path}#comment-{reply}"), Text(reply["link"]));
        Assert.Equal((api.Sample.One.Id, api.Sample.First, "1.1"), ((long)reply["post"]!, (long)reply["parent"]!, Text(reply["broadsheet_number"])));
        Assert.Equal(("Sam Second", "approved", "comment"), (Text(reply["author_name"]), Text(reply["status"]), Text(reply["type"])));
        Assert.Contains("So was I.", Text(reply["content"]!["rendered"]), StringComparison.Ordinal);
        Assert.Equal(api.Fill("{site}/wp-json/wp/v2/comments/{first}"), Text(reply["_links"]!["in-reply-to"]![0]!["href"]));
    }

    [Fact]
    public async Task Embedding_puts_what_the_links_lead_to_into_the_answer()
    {
        using var api = await ApiClient.OpenAsync(site);

        var all = await api.ReadAsync("/wp-json/wp/v2/posts/{one}?_embed");
        var some = await api.ReadAsync("/wp-json/wp/v2/posts/{one}?_embed=author,wp:term");
        var page = await api.ReadAsync("/wp-json/wp/v2/pages/{staff}?_embed=1");
        var reply = await api.ReadAsync("/wp-json/wp/v2/comments/{reply}?_embed");

        Assert.Equal(["author", "replies", "wp:featuredmedia", "wp:term"], ReadApiTests.Members(all["_embedded"]!));
        Assert.Equal("Ann Author", Text(all["_embedded"]!["author"]![0]!["name"]));
        Assert.Equal("A red boat", Text(all["_embedded"]!["wp:featuredmedia"]![0]!["alt_text"]));
        Assert.Equal(["News", "ferries"], all["_embedded"]!["wp:term"]!.AsArray().SelectMany(t => t!.AsArray()).Select(t => t!["name"]!.ToString()));
        Assert.Equal(["Sam Second", "Rita Reader"], all["_embedded"]!["replies"]![0]!.AsArray().Select(t => t!["author_name"]!.ToString()));
        Assert.Equal(["author", "wp:term"], ReadApiTests.Members(some["_embedded"]!));
        Assert.Equal("About", Text(page["_embedded"]!["up"]![0]!["title"]!["rendered"]));
        Assert.Equal(("One", "Rita Reader"), (Text(reply["_embedded"]!["up"]![0]!["title"]!["rendered"]), Text(reply["_embedded"]!["in-reply-to"]![0]!["author_name"])));
    }

    [Fact]
    public async Task The_index_tells_programs_the_way()
    {
        using var api = await ApiClient.OpenAsync(site);
        using var home = await new HttpClient { BaseAddress = site.Url }.GetAsync(new Uri("/", UriKind.Relative));

        var index = await api.ReadAsync("/wp-json/");

        Assert.Contains(api.Fill("<{site}/wp-json/>; rel=\"https://api.w.org/\""), home.Headers.GetValues("Link"));
        Assert.Equal(("The Test Post", "Words", "Europe/Berlin"), (Text(index["name"]), Text(index["description"]), Text(index["timezone_string"])));
        Assert.Equal(api.Fill("{\"application-passwords\":{\"endpoints\":{\"authorization\":\"{site}/account/application-passwords/\"}}}"), index["authentication"]!.ToJsonString());
        Assert.Contains("wp/v2", index["namespaces"]!.AsArray().Select(n => n!.ToString()));
        foreach (var (pattern, route) in index["routes"]!.AsObject().Where(r => !r.Key.Contains('(', StringComparison.Ordinal) && r.Key is not ("/wp/v2/users/me" or "/oembed/1.0/embed")))
        {
            var reply = await api.SendAsync($"/wp-json{pattern}");
            Assert.True(reply.Status == 200, string.Create(CultureInfo.InvariantCulture, $"{pattern}: {reply.Status}"));
            Assert.Equal("GET", Text(route!["methods"]![0]));
        }
    }

    [Fact]
    public async Task Another_site_can_show_a_link_to_an_article()
    {
        using var api = await ApiClient.OpenAsync(site);

        var json = await api.ReadAsync("/wp-json/oembed/1.0/embed?url={site}{path}");
        var byId = await api.ReadAsync("/wp-json/oembed/1.0/embed?format=json&url={site}/?p={one}");
        var xml = await api.SendAsync("/wp-json/oembed/1.0/embed?format=xml&url={site}{path}");

        Assert.Equal(json.ToJsonString(), byId.ToJsonString());
        Assert.Equal(("1.0", "link", "One", "Ann Author", "The Test Post"), (Text(json["version"]), Text(json["type"]), Text(json["title"]), Text(json["author_name"]), Text(json["provider_name"])));
        Assert.Equal(api.Fill("{site}/wp-content/uploads/2020/02/boat.png"), Text(json["thumbnail_url"]));
        var read = System.Xml.Linq.XDocument.Parse(xml.Text).Root!;
        Assert.Equal(("oembed", "One", "640"), (read.Name.LocalName, read.Element("title")!.Value, read.Element("thumbnail_width")!.Value));
        Assert.StartsWith("text/xml", xml.Header("Content-Type"), StringComparison.Ordinal);
    }

    private static string Text(JsonNode? node) => node!.ToString();

    public sealed class OnSqlite(SqliteSite site) : ShapeTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ShapeTests(site), IClassFixture<PostgresSite>;
}
