using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Broadsheet.Web.Features.SignIn.Social;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

/// <summary>A publication with every provider there is, and nobody outside but <see cref="ProvidersOutside"/>.</summary>
public sealed class EveryProviderSite : SqliteSite
{
    internal ProvidersOutside Outside { get; } = new();

    public override async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(Folder, "apple.p8");
        await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem());
        Services = services => services.AddSingleton(new SignInHttp(Outside.SendAsync) { Patience = TimeSpan.FromMinutes(2) });
        await StartAsync([.. new[] { "WordPress", "Google", "X", "Facebook", "GitHub", "Microsoft" }.SelectMany(p => new[] { $"--SignIn:{p}:ClientId=lantern", $"--SignIn:{p}:ClientSecret=secret" }),
            "--SignIn:Apple:ClientId=org.example.lantern", "--SignIn:Apple:TeamId=TEAM123456", "--SignIn:Apple:KeyId=KEY1234567", $"--SignIn:Apple:KeyFile={file}", "--Hosting:PublicUrl=https://lantern.example"]);
    }
}

/// <summary>Each provider all the way through OpenIddict, answering in the shape of its documentation. The people are invented.</summary>
public sealed class ProviderShapeTests(EveryProviderSite site) : IClassFixture<EveryProviderSite>
{
    private const string Token = """{"access_token":"access","token_type":"bearer","expires_in":7200,"scope":"x"}""";

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task Google(string verified, bool isVerified)
    {
        var login = await ArriveAsync("google", way => Outside.Issue("https://accounts.google.com", "https://accounts.google.com/.well-known/openid-configuration", "lantern", way["nonce"], Json($$"""
            {"azp":"lantern","sub":"110248495921238986420","email":"mara.lind@gmail.example","email_verified":{{verified}},"name":"Mara Lind","picture":"https://lh3.googleusercontent.com/a/ACg8oc=s96-c","given_name":"Mara","family_name":"Lind"}
            """)));

        Assert.Equal(new ProviderIdentity("110248495921238986420", "Mara Lind", "mara.lind@gmail.example", isVerified, "https://lh3.googleusercontent.com/a/ACg8oc=s192-c", null), login.Identity);
    }

    [Fact]
    public async Task X()
    {
        Outside.Answer("https://api.x.com/2/oauth2/token", Token);
        Outside.Answer("https://api.twitter.com/2/oauth2/token", Token);
        const string User = """{"data":{"id":"2244994945","name":"Mara Lind","username":"maralind","profile_image_url":"https://pbs.twimg.com/profile_images/1/a_normal.jpg","verified":false}}""";
        Outside.Answer("https://api.x.com/2/users/me", User);
        Outside.Answer("https://api.twitter.com/2/users/me", User);

        var login = await ArriveAsync("x", _ => { });

        Assert.Equal(new ProviderIdentity("2244994945", "Mara Lind", null, false, "https://pbs.twimg.com/profile_images/1/a_200x200.jpg", "https://x.com/maralind"), login.Identity);
    }

    [Theory]
    [InlineData(",\"email\":\"mara@example.org\"", "mara@example.org")]
    [InlineData("", null)]
    public async Task Facebook(string more, string? email)
    {
        foreach (var version in Enumerable.Range(16, 14)) Outside.Answer($"https://graph.facebook.com/v{version}.0/oauth/access_token", Token);
        foreach (var version in Enumerable.Range(16, 14)) Outside.Answer($"https://graph.facebook.com/v{version}.0/me", """
            {"id":"10158000000000001","name":"Mara Lind"MORE,"picture":{"data":{"height":200,"is_silhouette":false,"url":"https://platform-lookaside.fbsbx.example/p?asid=1","width":200}}}
            """.Replace("MORE", more, StringComparison.Ordinal));

        var login = await ArriveAsync("facebook", _ => { });

        Assert.Equal(new ProviderIdentity("10158000000000001", "Mara Lind", email, email is not null, "https://platform-lookaside.fbsbx.example/p?asid=1", null), login.Identity);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task GitHub(string verified, bool isVerified)
    {
        Outside.Answer("https://github.com/login/oauth/access_token", Token);
        Outside.Answer("https://api.github.com/user", """{"login":"maralind","id":583231,"node_id":"MDQ6","avatar_url":"https://avatars.githubusercontent.com/u/583231?v=4","html_url":"https://github.com/maralind","type":"User","name":null,"email":"shown@example.org"}""");
        Outside.Answer("https://api.github.com/user/emails", $$"""[{"email":"old@example.org","verified":true,"primary":false,"visibility":null},{"email":"mara@example.org","verified":{{verified}},"primary":true,"visibility":"private"}]""");

        var login = await ArriveAsync("github", _ => { });

        Assert.Equal(new ProviderIdentity("583231", "maralind", "mara@example.org", isVerified, "https://avatars.githubusercontent.com/u/583231?v=4", "https://github.com/maralind"), login.Identity);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(",\"email_verified\":true", false)]
    [InlineData(",\"xms_edov\":true", true)]
    [InlineData(",\"xms_edov\":\"1\"", true)]
    public async Task Microsoft_is_believed_an_address_only_where_its_domains_owner_is_known(string more, bool isVerified)
    {
        var login = await ArriveAsync("microsoft", way => Outside.Issue("https://login.microsoftonline.com/9122040d-6c67-4c5b-b112-36a304b66dad/v2.0", "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration", "lantern", way["nonce"], Json("""
            {"ver":"2.0","sub":"AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ","name":"Mara Lind","preferred_username":"mara@contoso.example","oid":"00000000-0000-0000-66f3-3332eca7ea81","tid":"9122040d-6c67-4c5b-b112-36a304b66dad","email":"mara@contoso.example"MORE}
            """.Replace("MORE", more, StringComparison.Ordinal))));

        Assert.Equal(new ProviderIdentity("AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ", "Mara Lind", "mara@contoso.example", isVerified, null, null), login.Identity);
    }

    [Theory]
    [InlineData(true, "Mara Lind")]
    [InlineData(false, "")]
    public async Task Apple_posts_its_answer_and_tells_the_name_once(bool isFirst, string name)
    {
        var login = await ArriveAsync("apple", way => Outside.Issue("https://appleid.apple.com", "https://appleid.apple.com/.well-known/openid-configuration", "org.example.lantern", way["nonce"], Json("""
            {"sub":"001234.abcdef0123456789abcdef0123456789.0123","email":"dpdcnf87nu@privaterelay.appleid.example","email_verified":"true","is_private_email":"true","auth_time":1596119720,"nonce_supported":true}
            """)), isFirst ? [new("user", """{"name":{"firstName":"Mara","lastName":"Lind"},"email":"dpdcnf87nu@privaterelay.appleid.example"}""")] : []);

        Assert.Equal(new ProviderIdentity("001234.abcdef0123456789abcdef0123456789.0123", name, "dpdcnf87nu@privaterelay.appleid.example", true, null, null), login.Identity);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public async Task WordPress_com(string verified, bool isVerified)
    {
        Outside.Answer("https://public-api.wordpress.com/oauth2/token", """{"access_token":"access","blog_id":"0","blog_url":"","token_type":"bearer"}""");
        foreach (var version in new[] { "v1", "v1.1" }) Outside.Answer($"https://public-api.wordpress.com/rest/{version}/me", """
            {"ID":78972699,"display_name":"Mara Lind","username":"maralind","email":"mara@example.org","primary_blog":1,"avatar_URL":"https://0.gravatar.com/avatar/abc?s=96","profile_URL":"http://en.gravatar.com/maralind","verified":true,"email_verified":VERIFIED,"meta":{"links":{"self":"https://public-api.wordpress.com/rest/v1/me"}}}
            """.Replace("VERIFIED", verified, StringComparison.Ordinal));

        var login = await ArriveAsync("wordpress", _ => { });

        Assert.Equal(new ProviderIdentity("78972699", "Mara Lind", "mara@example.org", isVerified, "https://0.gravatar.com/avatar/abc?s=96", null), login.Identity);
    }

    [Fact]
    public async Task A_provider_that_does_not_say_who_it_is_signs_in_nobody()
    {
        Outside.Answer("https://github.com/login/oauth/access_token", """{"error":"bad_verification_code","error_description":"The code passed is incorrect or expired."}""");
        using var reader = Browser();
        var way = QueryHelpers.ParseQuery((await SetOutAsync(reader, "github")).Query);
        using var back = await reader.Http.GetAsync(Back("github", $"?code=stale&state={Uri.EscapeDataString(way["state"]!)}"));
        Assert.StartsWith("/account/sign-in/with/github/?trouble=", back.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/sign-in/with/google/", HttpStatusCode.Forbidden)]
    [InlineData("/account/sign-in/back/google/", HttpStatusCode.Forbidden)]
    [InlineData("/account/sign-in/from/", HttpStatusCode.Forbidden)]
    [InlineData("/account/sign-out/from/", HttpStatusCode.Forbidden)]
    [InlineData("/account/sign-in/back/apple/", HttpStatusCode.Found)]
    public async Task From_another_site_nothing_is_posted_but_what_Apple_posts(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Url, path)) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var reader = Browser();
        using var answer = await reader.Http.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.Found) Assert.Equal("/account/sign-in/with/apple/?trouble=expired", answer.Headers.Location?.OriginalString);
    }

    private ProvidersOutside Outside => site.Outside;

    /// <param name="answer">Given the query with which the provider was asked, prepares what it answers.</param>
    private async Task<ArrivedLogin> ArriveAsync(string provider, Action<IDictionary<string, string>> answer, params IEnumerable<KeyValuePair<string, string>> posted)
    {
        using var reader = Browser();
        // Discovery first, before anybody has a nonce.
        answer(new Dictionary<string, string> { ["nonce"] = "" });
        var way = QueryHelpers.ParseQuery((await SetOutAsync(reader, provider)).Query).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        Assert.Equal($"https://lantern.example/account/sign-in/back/{provider}/", way["redirect_uri"]);
        way.TryAdd("nonce", "");
        answer(way);
        using var back = provider == "apple" ? await reader.Http.SendAsync(FromApple(way["state"], posted)) : await reader.Http.GetAsync(Back(provider, $"?code=code&state={Uri.EscapeDataString(way["state"])}{(provider == "github" ? "&iss=https%3A%2F%2Fgithub.com%2Flogin%2Foauth" : "")}"));
        Assert.Equal("/account/sign-in/arrived/", back.Headers.Location?.OriginalString);
        var cookie = back.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(".broadsheet.arrived=", StringComparison.Ordinal)).Split(';')[0];
        Assert.InRange(cookie.Length, 1, 4_000);
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = cookie;
        return site.App.Services.GetRequiredService<SealedLogins>().Read(http)!;
    }

    /// <summary>The browser comes by https, as a proxy says.</summary>
    private ReaderClient Browser() => site.NewReader();

    private async Task<Uri> SetOutAsync(ReaderClient reader, string provider)
    {
        using var answer = await reader.Http.PostAsync(new Uri($"/account/sign-in/with/{provider}/", UriKind.Relative), new FormUrlEncodedContent([]));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(".broadsheet.state.", StringComparison.Ordinal));
        // From Apple's own site, a browser brings no Lax cookie.
        Assert.Contains(provider == "apple" ? "samesite=none" : "samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", cookie, StringComparison.Ordinal);
        // A client on http does not bring secure cookies; a browser on https does.
        reader.Http.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        return new Uri(answer.Headers.GetValues("Refresh").Single()["0;url=".Length..]);
    }

    private static Uri Back(string provider, string query) => new($"/account/sign-in/back/{provider}/{query}", UriKind.Relative);

    private HttpRequestMessage FromApple(string state, IEnumerable<KeyValuePair<string, string>> posted)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Url, "/account/sign-in/back/apple/")) { Content = new FormUrlEncodedContent([new("code", "code"), new("state", state), .. posted]) };
        request.Headers.Add("Origin", "https://appleid.apple.com");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return request;
    }

    private static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();
}
