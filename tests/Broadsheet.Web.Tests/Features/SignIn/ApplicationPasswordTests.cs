using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Accounts.Leaving;
using Broadsheet.Web.Features.SignIn;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>Programs that sign in to the API with a name and an application password, as WordPress's do.</summary>
public abstract class ApplicationPasswordTests(BroadsheetSite site)
{
    private const string Page = "/account/application-passwords/";
    private const string Me = "/wp-json/wp/v2/users/me";
    private const string Password = "four plain words here";
    private string? _network;

    [Fact]
    public async Task One_is_shown_once_and_signs_in_by_each_name_with_or_without_its_spaces()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var answer = await ann.SubmitAsync($"{Page}?app_name=Phone+app", [], form: "form#make");
        var shown = (await StaffClient.PageOf(answer)).QuerySelector("code.key")!.TextContent;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Matches("^([A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}$", shown);
        var plain = shown.Replace(" ", "", StringComparison.Ordinal);
        var list = await ann.Browser.ReadAsync(Page);
        Assert.Contains("Phone app", list, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, list, StringComparison.Ordinal);
        var row = await site.ReadAsync(db => db.ApplicationPasswords.SingleAsync(a => a.PersonId == ann.Id));
        Assert.Equal((ApplicationPasswordLedger.HashOf(plain), "Phone app", (DateTimeOffset?)null, false), (row.Hash, row.Name, row.UsedAt, row.HasBothSteps));
        var (login, slug) = await site.ReadAsync(async db => await db.Users.Where(p => p.Id == ann.Id).Select(p => new { p.UserName, p.Slug }).SingleAsync() is var p ? (p.UserName!, p.Slug) : default);

        foreach (var (name, password) in ((string, string)[])[(ann.Email, shown), (ann.Email.ToUpperInvariant(), plain), (login, shown), (slug, plain), (slug.ToUpperInvariant(), $" {plain.Insert(7, " ")} ")])
        {
            var me = await AskAsync(Me, name, password);
            Assert.True(me.Status == HttpStatusCode.OK, $"{name}: {me.Text}");
            Assert.Equal((ann.Id, slug), ((long)me.Json["id"]!, (string?)me.Json["slug"]));
            Assert.Equal("private, no-store", string.Join(", ", me.Headers.CacheControl!.ToString().Split(", ").OrderDescending()));
        }
        var letter = await new MailBox(site).WaitAsync(ann.Email);
        Assert.Contains("application password", letter.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, letter.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_signed_in_is_told_in_WordPresss_shape()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var password = await MakeAsync(ann, "Shape");

        var view = (await AskAsync(Me, ann.Email, password)).Json.AsObject();
        var edit = (await AskAsync($"{Me}?context=edit", ann.Email, password)).Json.AsObject();
        var few = (await AskAsync("/?rest_route=/wp/v2/users/me&_fields=id,name", ann.Email, password)).Json.AsObject();

        Assert.Equal(["id", "name", "url", "description", "link", "slug", "avatar_urls", "meta", "_links"], view.Select(m => m.Key));
        Assert.Equal((ann.Email, "author", true, false), ((string?)edit["email"], (string?)edit["roles"]![0], (bool?)edit["capabilities"]!["publish_posts"], edit["capabilities"]!.AsObject().ContainsKey("moderate_comments")));
        Assert.Equal(["id", "name"], few.Select(m => m.Key));
        var index = JsonNode.Parse(await ann.Browser.ReadAsync("/wp-json/"))!;
        Assert.Equal($"{site.Url.ToString().TrimEnd('/')}{Page}", (string?)index["authentication"]!["application-passwords"]!["endpoints"]!["authorization"]);
        // For reading, to those who have signed in, too: they are told that they may not, not that they should sign in.
        var write = await AskAsync("/wp-json/wp/v2/posts", ann.Email, password, HttpMethod.Post);
        Assert.Equal((HttpStatusCode.Forbidden, "rest_cannot_create"), (write.Status, (string?)write.Json["code"]));
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_one_way_and_asks_no_browser_for_a_password()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader, Password);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        var (hers, his) = (await MakeAsync(ann, "Hers"), await MakeAsync(bob, "His"));

        var answers = new List<Answer>
        {
            await AskAsync(Me, ann.Email, his), await AskAsync(Me, "nobody@example.org", hers), await AskAsync(Me, "", hers), await AskAsync(Me, ann.Email, ""), await AskAsync(Me, ann.Email, Password),
            await SendAsync(Me, "Basic"), await SendAsync(Me, "Basic ?not base64?"), await SendAsync(Me, $"basic {Convert.ToBase64String("no colon"u8)}"),
        };

        foreach (var answer in answers)
        {
            Assert.Equal((HttpStatusCode.Unauthorized, answers[0].Text), (answer.Status, answer.Text));
            Assert.Empty(answer.Headers.WwwAuthenticate);
        }
        Assert.Equal(("incorrect_password", 401), ((string?)answers[0].Json["code"], (int)answers[0].Json["data"]!["status"]!));
        // Another scheme, or none, is nobody's.
        foreach (var scheme in (string?[])[null, "Bearer abc", "Basically nothing"]) Assert.Equal("rest_not_logged_in", (string?)(await SendAsync(Me, scheme)).Json["code"]);
    }

    [Fact]
    public async Task Wrong_tries_are_slowed_and_neither_the_right_password_nor_its_owners_sign_in_is()
    {
        // From a network whose tries are counted.
        await site.StopAsync();
        await site.StartAsync("--Hosting:TrustedProxies=127.0.0.0/8");
        _network = "198.51.100.7";
        using var ann = await StaffClient.SignInAsync(site, Role.Reader, Password);
        var password = await MakeAsync(ann, "Slow");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount + 2; i++) answers.Add((await AskAsync(Me, ann.Email, $"wrong {i}")).Status);
        var late = await AskAsync(Me, ann.Email, "wrong");

        Assert.Equal(SignInThrottle.TriesOfOneNetworkAtOneAccount, answers.Count(a => a == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.TooManyRequests, late.Status);
        Assert.True(late.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Me, ann.Email, password)).Status);
        using var phone = new StaffClient(site, ann.Id, ann.Email);
        phone.Browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", _network);
        using var entered = await phone.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)]);
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
    }

    [Fact]
    public async Task It_opens_the_API_alone_and_no_page_no_form_and_no_cookie_goes_with_it()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Administrator);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        var password = await MakeAsync(ann, "Apart");
        var article = await site.PublishAsync("Liked by a program");

        foreach (var path in (string[])["/account/", "/newsroom/", Page])
            Assert.StartsWith("/account/sign-in/", (await AskAsync(path, ann.Email, password)).Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("/discussion/feature/", ann.Email, password, HttpMethod.Post)).Status);
        // A browser's session is nobody to the API; beside a password it does not count, even where the password is wrong.
        var cookie = bob.Browser.Cookies.GetCookieHeader(site.Url);
        Assert.Equal("rest_not_logged_in", (string?)(await SendAsync(Me, null, cookie: cookie)).Json["code"]);
        Assert.Equal(ann.Id, (long)(await AskAsync(Me, ann.Email, password, cookie: cookie)).Json["id"]!);
        var likes = $"/wp-json/broadsheet/v1/posts/{article.Id}/likes";
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(likes, ann.Email, "wrong", HttpMethod.Post, cookie, "cross-site")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(likes, null, HttpMethod.Post, cookie, "cross-site")).Status);
        // What no browser sends unasked may come from anywhere.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(likes, ann.Email, password, HttpMethod.Post, cookie, "cross-site")).Status);
        Assert.Equal([ann.Id], await site.ReadAsync(db => db.Likes.Where(l => l.ArticleId == article.Id && l.PersonId != null).Select(l => l.PersonId!.Value).ToListAsync()));
    }

    [Fact]
    public async Task One_or_all_are_revoked_and_nobody_touches_anothers()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        var (one, two, his) = (await MakeAsync(ann, "One"), await MakeAsync(ann, "Two"), await MakeAsync(bob, "One"));
        var uuid = await site.ReadAsync(db => db.ApplicationPasswords.Where(a => a.PersonId == ann.Id && a.Name == "One").Select(a => a.Uuid).SingleAsync());
        using var twice = await ann.SubmitAsync(Page, [new("name", "two")], form: "form#make");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        Assert.Equal("two", (await StaffClient.PageOf(twice)).QuerySelector("input[name=name]")!.GetAttribute("value"));

        using (await bob.SubmitAsync(Page, [], ("revoke", $"{uuid}"), "form#make")) { }
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Me, ann.Email, one)).Status);
        using (var revoked = await ann.SubmitAsync(Page, [], ("revoke", $"{uuid}"))) Assert.Equal($"{Page}?said=revoked", revoked.Headers.Location?.OriginalString);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await AskAsync(Me, ann.Email, one)).Status, (await AskAsync(Me, ann.Email, two)).Status));
        using (await ann.SubmitAsync(Page, [], ("all", "revoke"))) { }
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await AskAsync(Me, ann.Email, two)).Status, (await AskAsync(Me, bob.Email, his)).Status));
    }

    [Fact]
    public async Task A_browser_that_was_left_open_makes_none_and_staff_who_need_two_steps_make_none_without()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Moderator);
        var form = (IHtmlFormElement)(await ann.OpenAsync(Page)).QuerySelector("form#make")!;
        await SignInAge.SetAsync(site, ann.Id, CurrentPerson.Fresh);
        using (var late = await ann.SendAsync(form, "", [new("name", "Late")]))
        {
            Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
            Assert.Equal(FreshSignIn.Address($"{Page}?app_name=Late"), (await StaffClient.PageOf(late)).QuerySelector("main a")!.GetAttribute("href"));
        }
        await SignInAge.SetAsync(site, ann.Id, TimeSpan.Zero);
        var before = await MakeAsync(ann, "Before");
        await site.SetAsync(p => p with { StaffNeedTwoSteps = true });
        try
        {
            using var refused = await ann.SendAsync(form, "", [new("name", "Without")]);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("for programs as well", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(1, await site.ReadAsync(db => db.ApplicationPasswords.CountAsync(a => a.PersonId == ann.Id)));
            // One of before still signs in, and does nothing that staff alone may.
            Assert.Null(await ModeratesAsync(ann, before));

            using var passkey = new SoftAuthenticator(site.Url);
            using (await ann.AddAsync(passkey, "")) { }
            using (await ann.SignInAsync(passkey)) { }
            var after = await MakeAsync(ann, "After");
            Assert.True(await ModeratesAsync(ann, after));
            // Role and steps are read each time.
            await site.Writes.RunAsync((scope, ct) => TwoStepsLedger.EndAsync(scope, ann.Id, SignInWay.Passkey.Key, ct), CancellationToken.None);
            Assert.Null(await ModeratesAsync(ann, after));
        }
        finally
        {
            await site.SetAsync(p => p with { StaffNeedTwoSteps = false });
        }
        Assert.True(await ModeratesAsync(ann, before));
        await site.Writes.RunAsync((scope, ct) => PeopleLedger.SaveAsync(scope, new PersonEdit(ann.Email, null, Role.Reader, null), null, ct), CancellationToken.None);
        Assert.Equal("subscriber", (string?)(await AskAsync($"{Me}?context=edit", ann.Email, before)).Json["roles"]![0]);
    }

    [Fact]
    public async Task A_new_password_and_signing_out_everywhere_leave_it()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var password = await MakeAsync(ann, "Stays");
        using (await ann.SubmitAsync("/account/password/", [new("new-password", Password)])) { }
        using (await ann.SubmitAsync("/account/sessions/", [], ("all", "all"))) { }

        Assert.Equal(0, await site.ReadAsync(db => db.Sessions.CountAsync(s => s.PersonId == ann.Id && s.EndedAt == null)));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Me, ann.Email, password)).Status);
    }

    [Fact]
    public async Task Its_use_is_noted_once_an_hour_and_where_from_is_erased_with_the_rest()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var password = await MakeAsync(ann, "Noted");
        await AskAsync(Me, ann.Email, password);
        var first = await RowAsync();
        await AskAsync(Me, ann.Email, password);
        Assert.Equal(("127.0.0.1", first.UsedAt), (first.Address, (await RowAsync()).UsedAt));
        await AgeAsync(TimeSpan.FromMinutes(61));
        await AskAsync(Me, ann.Email, password);
        Assert.True((await RowAsync()).UsedAt >= first.UsedAt);

        await AgeAsync(TimeSpan.FromDays(31));
        while (await site.App.Services.GetServices<IRecurring>().OfType<ForgetAddresses>().Single().RunAsync(CancellationToken.None)) { }
        Assert.Null((await RowAsync()).Address);

        Task<ApplicationPassword> RowAsync() => site.ReadAsync(db => db.ApplicationPasswords.SingleAsync(a => a.PersonId == ann.Id));
        Task AgeAsync(TimeSpan age) => site.Writes.RunAsync((scope, ct) =>
        {
            DateTimeOffset? then = scope.Now - age;
            return scope.Db.ApplicationPasswords.Where(a => a.PersonId == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, then), ct);
        }, CancellationToken.None);
    }

    private static async Task<string> MakeAsync(StaffClient client, string name)
    {
        using var made = await client.SubmitAsync(Page, [new("name", name)], form: "form#make");
        return (await StaffClient.PageOf(made)).QuerySelector("code.key")?.TextContent ?? throw new InvalidOperationException($"{(int)made.StatusCode}: none was made.");
    }

    private async Task<bool?> ModeratesAsync(StaffClient client, string password) => (bool?)(await AskAsync($"{Me}?context=edit", client.Email, password)).Json["capabilities"]!["moderate_comments"];

    private Task<Answer> AskAsync(string path, string name, string password, HttpMethod? method = null, string? cookie = null, string? from = null) =>
        SendAsync(path, $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}", method, cookie, from);

    /// <param name="from">Where a browser says that the request comes from; null: no browser.</param>
    private async Task<Answer> SendAsync(string path, string? authorization, HttpMethod? method = null, string? cookie = null, string? from = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(site.Url, path)) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        if (from is not null) request.Headers.Add("Sec-Fetch-Site", from);
        if (_network is not null) request.Headers.Add("X-Forwarded-For", _network);
        using var answer = await http.SendAsync(request);
        return new Answer(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    private sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers)
    {
        public JsonNode Json => JsonNode.Parse(Text)!;
    }

    public sealed class OnSqlite(SqliteSite site) : ApplicationPasswordTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ApplicationPasswordTests(site), IClassFixture<PostgresSite>;
}
