using System.Text.Json.Nodes;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Api;

/// <summary>What the API answers, request by request.</summary>
public abstract class ReadApiTests(BroadsheetSite site)
{
    /// <summary>A list's address, and the titles, names or ids that it gives in their order.</summary>
    [Theory]
    [InlineData("posts", "Sealed|Three|Two|One")]
    [InlineData("posts?order=asc", "One|Two|Three|Sealed")]
    [InlineData("posts?orderby=title&order=asc", "One|Sealed|Three|Two")]
    [InlineData("posts?orderby=id&order=desc&per_page=2&page=2", "Two|One")]
    [InlineData("posts?per_page=1&offset=2", "Two")]
    [InlineData("posts?include={two},{one}&orderby=include", "Two|One")]
    [InlineData("posts?include[]={two}&include[]={one}&order=asc", "One|Two")]
    [InlineData("posts?include[0]={two}", "Two")]
    [InlineData("posts?include={draft}", "")]
    [InlineData("posts?exclude={two},{sealed}", "Three|One")]
    [InlineData("posts?slug=two,one", "Two|One")]
    [InlineData("posts?slug[]=two&slug[]=one&orderby=include_slugs", "Two|One")]
    [InlineData("posts?after=2020-03-01T00:00:00", "Sealed|Three|Two")]
    [InlineData("posts?before=2020-03-01T11:00:00", "One")]
    [InlineData("posts?before=2020-03-01T10:00:01Z", "Two|One")]
    [InlineData("posts?before=2020-03-01T11:00:01%2B01:00", "Two|One")]
    [InlineData("posts?before=2020-03-01T11:00:01+01:00", "Two|One")]
    [InlineData("posts?modified_after=2020-12-01T00:00:00", "Sealed|Three|Two|One")]
    [InlineData("posts?modified_before=2020-12-01T00:00:00", "")]
    [InlineData("posts?author={author}", "Sealed|Two|One")]
    [InlineData("posts?author_exclude={author}", "Three")]
    [InlineData("posts?status=publish", "Sealed|Three|Two|One")]
    [InlineData("posts?sticky=true", "One")]
    [InlineData("posts?sticky=false", "Sealed|Three|Two")]
    [InlineData("posts?format=standard", "Sealed|Three|Two|One")]
    [InlineData("posts?format=gallery", "")]
    [InlineData("posts?categories={news}", "One")]
    [InlineData("posts?categories[terms]={news}&categories[include_children]=true", "Two|One")]
    [InlineData("posts?categories={news},{local}", "Two|One")]
    [InlineData("posts?categories[terms]={news},{local}&categories[operator]=AND", "")]
    [InlineData("posts?categories_exclude={news}", "Sealed|Three|Two")]
    [InlineData("posts?tags={ferries}", "Two|One")]
    [InlineData("posts?tags={news}", "")]
    [InlineData("posts?tags_exclude={ferries}", "Sealed|Three")]
    [InlineData("posts?categories={news}&tags={ferries}", "One")]
    [InlineData("posts?categories={local}&tags={ferries}&tax_relation=OR", "Two|One")]
    [InlineData("posts?search=harbour", "Two|One")]
    [InlineData("posts?search=harbour%20winter&orderby=relevance", "Two")]
    [InlineData("posts?search=zzsecret", "")]
    [InlineData("pages?orderby=menu_order&order=asc", "Staff|About")]
    [InlineData("pages?menu_order=2", "About")]
    [InlineData("pages?parent={about}", "Staff")]
    [InlineData("pages?parent=0", "About")]
    [InlineData("pages?parent_exclude={about}", "About")]
    [InlineData("media", "A boat")]
    [InlineData("media?media_type=image", "A boat")]
    [InlineData("media?media_type=audio", "")]
    [InlineData("media?mime_type=image/png&status=inherit", "A boat")]
    [InlineData("comments", "Sam Second|Rita Reader")]
    [InlineData("comments?order=asc&status=approve&type=comment", "Rita Reader|Sam Second")]
    [InlineData("comments?post={one}&parent=0", "Rita Reader")]
    [InlineData("comments?parent={first}", "Sam Second")]
    [InlineData("comments?include={held},{first}", "Rita Reader")]
    [InlineData("comments?include={first},{reply}&orderby=include", "Rita Reader|Sam Second")]
    [InlineData("comments?exclude={first}", "Sam Second")]
    [InlineData("comments?post={sealed}", "")]
    [InlineData("comments?search=ferry", "Rita Reader")]
    [InlineData("comments?after=2100-01-01T00:00:00", "")]
    [InlineData("comments?per_page=1&page=2", "Rita Reader")]
    [InlineData("comments?page=9", "")]
    [InlineData("categories", "Local|News")]
    [InlineData("categories?orderby=id", "News|Local")]
    [InlineData("categories?parent={news}", "Local")]
    [InlineData("categories?slug=news", "News")]
    [InlineData("categories?post={one}", "News")]
    [InlineData("categories?search=LOC", "Local")]
    [InlineData("categories?include={local},{news}&orderby=include", "Local|News")]
    [InlineData("tags?orderby=count&order=desc", "ice|ferries")]
    [InlineData("tags?post={two}&hide_empty=true", "ferries|ice")]
    [InlineData("tags?exclude={ferries}&page=1&per_page=5", "ice")]
    [InlineData("users", "Ann Author")]
    [InlineData("users?search=ann&orderby=registered_date", "Ann Author")]
    [InlineData("users?include={editor}", "")]
    [InlineData("users?search=zzsecret", "")]
    [InlineData("search?search=harbour&subtype=post", "Two|One")]
    [InlineData("search?type=term&search=ic", "ice")]
    [InlineData("search?type=term&subtype=category", "Local|News")]
    [InlineData("search?subtype=page", "Staff|About")]
    [InlineData("search?per_page=2&include={one},{about}", "One|About")]
    public async Task A_list_gives_what_was_asked_for(string path, string expected)
    {
        using var api = await ApiClient.OpenAsync(site);

        var items = (JsonArray)await api.ReadAsync($"/wp-json/wp/v2/{path}");

        var names = items.Select(i => i!["author_name"]?.ToString() ?? i["name"]?.ToString() ?? (i["title"] is JsonObject title ? title["rendered"]!.ToString() : i["title"]!.ToString())).ToList();
        // A search says which, best first, and both are as good.
        if (path.StartsWith("search?search=", StringComparison.Ordinal)) names.Sort((a, b) => string.CompareOrdinal(b, a));
        Assert.Equal(expected, string.Join('|', names));
    }

    /// <summary>What cannot be answered: the status and the code that WordPress gives.</summary>
    [Theory]
    [InlineData("GET", "/wp/v2/posts?per_page=101", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?per_page=0", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?page=0", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?page=none", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?order=up", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?orderby=menu_order", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?orderby=relevance", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?orderby=include", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?author=ann", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?after=yesterday", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?after=0001-01-01T00:00:00%2B14:00", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?sticky=perhaps", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?status=draft", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?status=any", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?slug=%00", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?search=a%00", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/tags?search=%00", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/search?type=term&search=%00", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/media?mime_type=%00", 400, "rest_invalid_param")]
    [InlineData("GET", "/oembed/1.0/embed?url={site}/%2500/", 404, "oembed_invalid_url")]
    [InlineData("GET", "/wp/v2/posts?context=all", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts?context=edit", 401, "rest_forbidden_context")]
    [InlineData("GET", "/wp/v2/comments?context=edit", 401, "rest_forbidden_context")]
    [InlineData("GET", "/wp/v2/types?context=edit", 401, "rest_cannot_view")]
    [InlineData("GET", "/wp/v2/posts?page=2", 400, "rest_post_invalid_page_number")]
    [InlineData("GET", "/wp/v2/posts?page=2147483647&per_page=100", 400, "rest_post_invalid_page_number")]
    [InlineData("GET", "/wp/v2/media?page=3", 400, "rest_post_invalid_page_number")]
    [InlineData("GET", "/wp/v2/search?page=20", 400, "rest_search_invalid_page_number")]
    [InlineData("GET", "/wp/v2/search?subtype=menu", 400, "rest_invalid_param")]
    [InlineData("GET", "/wp/v2/posts/123456", 404, "rest_post_invalid_id")]
    [InlineData("GET", "/wp/v2/posts/{about}", 404, "rest_post_invalid_id")]
    [InlineData("GET", "/wp/v2/posts/{draft}", 401, "rest_forbidden")]
    [InlineData("GET", "/wp/v2/posts/{draft}?context=embed", 401, "rest_forbidden")]
    [InlineData("GET", "/wp/v2/media/{hidden}", 401, "rest_forbidden")]
    [InlineData("GET", "/wp/v2/posts/{sealed}?password=guess", 403, "rest_post_incorrect_password")]
    [InlineData("GET", "/wp/v2/comments/{held}", 401, "rest_cannot_read")]
    [InlineData("GET", "/wp/v2/comments/123456", 404, "rest_comment_invalid_id")]
    [InlineData("GET", "/wp/v2/comments?status=hold", 401, "rest_forbidden_param")]
    [InlineData("GET", "/wp/v2/comments?author_email=rita@example.org", 401, "rest_forbidden_param")]
    [InlineData("GET", "/wp/v2/categories/{ferries}", 404, "rest_term_invalid")]
    [InlineData("GET", "/wp/v2/users/{editor}", 404, "rest_user_invalid_id")]
    [InlineData("GET", "/wp/v2/users/me", 401, "rest_not_logged_in")]
    [InlineData("GET", "/wp/v2/users?roles=editor", 401, "rest_user_cannot_view")]
    [InlineData("GET", "/wp/v2/types/menu", 404, "rest_type_invalid")]
    [InlineData("GET", "/wp/v2/statuses/draft", 404, "rest_status_invalid")]
    [InlineData("GET", "/wp/v2/taxonomies/menu", 404, "rest_taxonomy_invalid")]
    [InlineData("GET", "/wp/v2/plugins", 404, "rest_no_route")]
    [InlineData("GET", "/wp/v2/posts/one", 404, "rest_no_route")]
    [InlineData("GET", "/oembed/1.0/embed", 400, "rest_missing_callback_param")]
    [InlineData("GET", "/oembed/1.0/embed?url={site}/nothing/", 404, "oembed_invalid_url")]
    [InlineData("GET", "/oembed/1.0/embed?url={site}/?p={draft}", 404, "oembed_invalid_url")]
    [InlineData("GET", "/oembed/1.0/embed?url=http://elsewhere.example{path}", 404, "oembed_invalid_url")]
    [InlineData("POST", "/wp/v2/posts", 401, "rest_cannot_create")]
    [InlineData("POST", "/wp/v2/posts/{one}", 401, "rest_cannot_edit")]
    [InlineData("DELETE", "/wp/v2/posts/{one}", 401, "rest_cannot_delete")]
    [InlineData("POST", "/wp/v2/comments", 401, "rest_comment_login_required")]
    [InlineData("POST", "/wp/v2/users", 401, "rest_cannot_create_user")]
    [InlineData("PUT", "/wp/v2/tags/{ferries}", 401, "rest_cannot_edit")]
    [InlineData("POST", "/wp/v2/search", 404, "rest_no_route")]
    [InlineData("POST", "/wp/v2/nothing", 404, "rest_no_route")]
    public async Task What_cannot_be_answered_has_WordPresss_status_and_code(string method, string path, int status, string code)
    {
        using var api = await ApiClient.OpenAsync(site);

        var reply = await api.SendAsync($"/wp-json{path}", new HttpMethod(method));

        Assert.Equal((status, code), (reply.Status, reply.Json["code"]!.ToString()));
        Assert.Equal(status, (int)reply.Json["data"]!["status"]!);
        Assert.NotEqual("", reply.Json["message"]!.ToString());
        Assert.StartsWith("application/json", reply.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_has_totals_and_links_to_its_neighbours()
    {
        using var api = await ApiClient.OpenAsync(site);

        var second = await api.SendAsync("/wp-json/wp/v2/posts?per_page=1&page=2&search=&categories[]={news}&categories[]={local}&_fields=id");
        var middle = await api.SendAsync("/wp-json/wp/v2/posts?per_page=1&page=2");

        Assert.Equal(("2", "2"), (second.Header("X-WP-Total"), second.Header("X-WP-TotalPages")));
        Assert.Contains("page=1>; rel=\"prev\"", second.Header("Link"), StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second.Header("Link"), StringComparison.Ordinal);
        Assert.Contains(api.Fill("categories%5B%5D={news}&categories%5B%5D={local}"), second.Header("Link"), StringComparison.Ordinal);
        Assert.Contains(api.Fill("<{site}/wp-json/wp/v2/posts?per_page=1&page=3>; rel=\"next\""), middle.Header("Link"), StringComparison.Ordinal);
        Assert.Contains("X-WP-TotalPages", middle.Header("Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Equal("GET", middle.Header("Allow"));
    }

    [Theory]
    [InlineData("/?rest_route=/wp/v2/posts&per_page=2", "/wp-json/wp/v2/posts?per_page=2")]
    [InlineData("/index.php?rest_route=/wp/v2/posts/{one}", "/wp-json/wp/v2/posts/{one}")]
    [InlineData("/?rest_route=/", "/wp-json/")]
    [InlineData("/?rest_route=/nothing", "/wp-json/nothing")]
    [InlineData("/wp-json", "/wp-json/")]
    public async Task The_plain_address_gives_the_same_answer(string plain, string pretty)
    {
        using var api = await ApiClient.OpenAsync(site);

        var (one, two) = (await api.SendAsync(plain), await api.SendAsync(pretty));

        Assert.Equal((two.Status, two.Text, two.Header("Link")), (one.Status, one.Text, one.Header("Link")));
    }

    [Fact]
    public async Task An_envelope_holds_status_and_headers()
    {
        using var api = await ApiClient.OpenAsync(site);

        var good = await api.ReadAsync("/wp-json/wp/v2/posts?per_page=3&_envelope=1&_fields=id");
        var bad = await api.ReadAsync("/wp-json/wp/v2/posts?per_page=300&_envelope");

        Assert.Equal((200, 3, "4"), ((int)good["status"]!, good["body"]!.AsArray().Count, good["headers"]!["X-WP-Total"]!.ToString()));
        Assert.Equal((400, "rest_invalid_param"), ((int)bad["status"]!, bad["body"]!["code"]!.ToString()));
    }

    [Fact]
    public async Task Only_the_fields_that_were_asked_for_are_given()
    {
        using var api = await ApiClient.OpenAsync(site);

        Assert.Equal("{\"id\":" + api.Sample.One.Id + ",\"title\":{\"rendered\":\"One\"}}", (await api.ReadAsync("/wp-json/wp/v2/posts/{one}?_fields=id,title.rendered,nothing&_embed")).ToJsonString());
        Assert.Equal(["excerpt"], Members(await api.ReadAsync("/wp-json/wp/v2/posts/{one}?_fields[]=excerpt.protected")));
        Assert.Equal(["_links", "_embedded"], Members(await api.ReadAsync("/wp-json/wp/v2/posts/{one}?_fields=_links,_embedded&_embed=author")));
        Assert.Equal(["name"], Members(await api.ReadAsync("/wp-json/?_fields=name")));
    }

    [Fact]
    public async Task Other_sites_scripts_may_read_and_HEAD_has_no_body()
    {
        using var api = await ApiClient.OpenAsync(site);

        var options = await api.SendAsync("/wp-json/wp/v2/posts", HttpMethod.Options, "https://elsewhere.example");
        var head = await api.SendAsync("/wp-json/wp/v2/posts", HttpMethod.Head);

        Assert.Equal((200, "*"), (options.Status, options.Header("Access-Control-Allow-Origin")));
        Assert.Null(options.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("wp/v2", options.Json["namespace"]!.ToString());
        Assert.Equal((200, "", "4"), (head.Status, head.Text, head.Header("X-WP-Total")));
    }

    internal static List<string> Members(JsonNode node) => [.. node.AsObject().Select(m => m.Key)];

    public sealed class OnSqlite(SqliteSite site) : ReadApiTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ReadApiTests(site), IClassFixture<PostgresSite>;
}
