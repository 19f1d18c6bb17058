using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn;

public abstract class SignInTests(BroadsheetSite site)
{
    private const string Password = "four plain words here";

    [Fact]
    public async Task A_link_signs_in_once()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Author);
        var link = await StaffClient.LinkAsync(site, ann.Id);

        // A mail scanner opens it first, twice.
        Assert.Contains("signs in once", await ann.Browser.ReadAsync(link));
        Assert.Contains("signs in once", await ann.Browser.ReadAsync(link));
        using var first = await ann.SubmitAsync(link, []);
        using var again = await ann.GetAsync(link);

        Assert.Equal("/newsroom/", first.Headers.Location?.OriginalString);
        Assert.Contains(".broadsheet.session=", string.Join(' ', first.Headers.GetValues("Set-Cookie")));
        Assert.Contains("httponly", string.Join(' ', first.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Contains("Front desk", await ann.Browser.ReadAsync("/newsroom/"));
    }

    [Fact]
    public async Task Two_who_press_the_button_at_once_are_not_both_let_in()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Author);
        var link = await StaffClient.LinkAsync(site, ann.Id);
        using var other = await StaffClient.AddAsync(site, Role.Author);
        var forms = await Task.WhenAll(new[] { ann, other }.Select(async c => (Client: c, Form: (IHtmlFormElement)(await c.OpenAsync(link)).QuerySelector("form")!)));

        var answers = await Task.WhenAll(forms.Select(f => f.Client.SendAsync(f.Form, link, [])));

        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.NotFound], answers.Select(a => a.StatusCode).Order());
    }

    [Fact]
    public async Task Only_the_hash_of_a_link_is_stored()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Author);
        var secret = (await StaffClient.LinkAsync(site, ann.Id)).Split('/')[4];

        var stored = await site.ReadAsync(db => db.OneTimeLinks.Where(l => l.PersonId == ann.Id).SingleAsync());

        Assert.Equal(64, stored.Hash.Length);
        Assert.DoesNotContain(secret, stored.Hash, StringComparison.Ordinal);
        Assert.InRange(stored.ExpiresAt - DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_password_signs_in_and_a_wrong_one_says_no_more_than_an_unknown_address()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Author, Password);

        using var wrong = await ann.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", "something else")]);
        using var unknown = await ann.SubmitAsync("/account/sign-in/", [new("email", "nobody@example.org"), new("password", Password)]);
        using var right = await ann.SubmitAsync("/account/sign-in/", [new("email", ann.Email.ToUpperInvariant()), new("password", Password)]);

        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, unknown.StatusCode);
        Assert.Equal(await ProblemOf(wrong), await ProblemOf(unknown));
        Assert.Equal("/newsroom/", right.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/", "/newsroom/")]
    [InlineData("//evil.example/", "/newsroom/")]
    [InlineData("/\\evil.example/", "/newsroom/")]
    [InlineData("/\t/evil.example/", "/newsroom/")]
    [InlineData("\\\\evil.example", "/newsroom/")]
    [InlineData("javascript:alert(1)", "/newsroom/")]
    [InlineData("/newsroom/media/?before=7", "/newsroom/media/?before=7")]
    public async Task A_return_address_is_followed_only_within_the_publication(string given, string followed)
    {
        using var ann = await StaffClient.AddAsync(site, Role.Author, Password);

        using var answer = await ann.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password), new("returnUrl", given)]);

        Assert.Equal(followed, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_change_of_role_ends_the_session()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        Assert.Contains("Front desk", await ann.Browser.ReadAsync("/newsroom/"));

        await site.Writes.RunAsync(async (scope, ct) => { await PeopleLedger.SaveAsync(scope, new PersonEdit(ann.Email, null, Role.Contributor, null), null, ct); }, CancellationToken.None);

        using var answer = await ann.GetAsync("/newsroom/");
        Assert.Equal("/account/sign-in/?returnUrl=%2Fnewsroom%2F", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_new_password_ends_the_session_and_a_new_name_does_not()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);

        await site.Writes.RunAsync(async (scope, ct) => { await PeopleLedger.SaveAsync(scope, new PersonEdit(ann.Email, "Ann Renamed", null, null), null, ct); }, CancellationToken.None);
        using var still = await ann.GetAsync("/newsroom/");
        await site.Writes.RunAsync(async (scope, ct) => { await PeopleLedger.SaveAsync(scope, new PersonEdit(ann.Email, null, null, Password), PeopleLedger.HashOf(Password), ct); }, CancellationToken.None);
        using var ended = await ann.GetAsync("/newsroom/");

        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);

        using var answer = await ann.SubmitAsync("/newsroom/", [], form: "form.person");

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        using var after = await ann.GetAsync("/newsroom/");
        Assert.Equal(HttpStatusCode.Found, after.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Author, Password);

        using var answer = await ann.Browser.PostAsync("/account/sign-in/", [new("email", ann.Email), new("password", Password)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(Password, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/wp-login.php", "/account/sign-in/")]
    [InlineData("/wp-login.php?redirect_to=https://evil.example/", "/account/sign-in/")]
    [InlineData("/wp-admin/", "/newsroom/")]
    [InlineData("/wp-admin/edit.php?post_type=page", "/newsroom/")]
    public async Task WordPress_doors_lead_to_ours(string door, string room)
    {
        using var reader = site.NewReader();

        using var answer = await reader.GetAsync(door);

        Assert.Equal(room, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_password_of_an_article_is_taken_where_WordPress_themes_post_it()
    {
        var article = await site.PublishAsync(new ArticleEdit("Behind a door", "<p>The secret words.</p>", Core.Text.BodyFormat.Html) { Status = Core.Publishing.ArticleStatus.Published, Password = "sesame" });
        using var reader = site.NewReader();
        Assert.DoesNotContain("The secret words", await reader.ReadAsync(article.Path));

        using var answer = await reader.PostAsync("/wp-login.php?action=postpass", [new("post_password", "sesame"), new("redirect_to", article.Path)]);
        using var elsewhere = await reader.PostAsync("/wp-login.php?action=postpass", [new("post_password", "sesame"), new("redirect_to", "//evil.example")]);

        Assert.Equal(article.Path, answer.Headers.Location?.OriginalString);
        Assert.Equal("/", elsewhere.Headers.Location?.OriginalString);
        Assert.Contains("The secret words", await reader.ReadAsync(article.Path));
    }

    private static async Task<string?> ProblemOf(HttpResponseMessage answer) => (await StaffClient.PageOf(answer)).QuerySelector("#sign-in-problem")?.TextContent;

    public sealed class OnSqlite(SqliteSite site) : SignInTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : SignInTests(site), IClassFixture<PostgresSite>;
}
