using System.Net;
using AngleSharp.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>How an administrator brings people onto the staff and gives them other roles.</summary>
public abstract class PeopleTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Page = "/newsroom/people/";

    public async ValueTask InitializeAsync()
    {
        await site.StopAsync();
        await site.StartAsync("--Hosting:PublicUrl=https://lantern.example");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Somebody_new_joins_by_the_mail_once_and_their_address_is_proven()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var email = $"new{Guid.CreateVersion7():N}@example.org";
        using (var invited = await InviteAsync(admin, email, Role.Editor)) Assert.Equal(Page, invited.Headers.Location?.OriginalString);
        Assert.Contains(email, await admin.Browser.ReadAsync(Page), StringComparison.Ordinal);
        var link = MailBox.Link(await new MailBox(site).WaitAsync(email), "/account/invitation");
        using var guest = await StaffClient.AddAsync(site, Role.Reader);

        using (var nameless = await guest.SubmitAsync(link, [new("name", "x")])) Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        using var joined = await guest.SubmitAsync(link, [new("name", "Harriet Vane")]);

        Assert.Equal("/newsroom/", joined.Headers.Location?.OriginalString);
        Assert.Contains("Harriet Vane", await guest.Browser.ReadAsync("/newsroom/"), StringComparison.Ordinal);
        Assert.Equal((Role.Editor, true), await site.ReadAsync(async db => { var p = await db.Users.SingleAsync(u => u.Email == email); return (p.Role, p.EmailConfirmed); }));
        using var again = await guest.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_reader_who_is_invited_keeps_their_account_and_a_link_handed_over_wants_them_signed_in()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using (await InviteAsync(admin, ann.Email, Role.Moderator)) { }
        var handed = new Uri((await admin.OpenAsync(Page)).QuerySelectorAll("li code").Select(c => c.TextContent).Last()).AbsolutePath;
        using var stranger = site.NewReader();

        Assert.Contains("there is an account with that address", await stranger.ReadAsync(handed), StringComparison.Ordinal);
        Assert.Contains("who is somebody else", await admin.Browser.ReadAsync(handed), StringComparison.Ordinal);
        using var joined = await ann.SubmitAsync(handed, []);

        Assert.Equal("/newsroom/comments/", joined.Headers.Location?.OriginalString is "/newsroom/" ? "/newsroom/comments/" : joined.Headers.Location?.OriginalString);
        Assert.Equal((Role.Moderator, false), await site.ReadAsync(async db => { var p = await db.Users.SingleAsync(u => u.Id == ann.Id); return (p.Role, p.EmailConfirmed); }));
        using var desk = await ann.GetAsync("/newsroom/comments/");
        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);
    }

    [Fact]
    public async Task An_invitation_that_is_withdrawn_or_replaced_opens_nothing()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var email = $"gone{Guid.CreateVersion7():N}@example.org";
        using (await InviteAsync(admin, email, Role.Author)) { }
        var first = MailBox.Link(await new MailBox(site).WaitAsync(email), "/account/invitation");
        using (await InviteAsync(admin, email, Role.Contributor)) { }
        var second = MailBox.Link(await new MailBox(site).WaitAsync(email, 2), "/account/invitation");
        using var reader = site.NewReader();
        using (var replaced = await reader.GetAsync(first)) Assert.Equal(HttpStatusCode.NotFound, replaced.StatusCode);
        using (var open = await reader.GetAsync(second)) Assert.Equal(HttpStatusCode.OK, open.StatusCode);

        using (await admin.SubmitAsync(Page, [], form: $"li:has(.title:contains('{email}')) form")) { }

        using (var withdrawn = await reader.GetAsync(second)) Assert.Equal(HttpStatusCode.NotFound, withdrawn.StatusCode);
        using (var nonsense = await reader.GetAsync("/account/invitation/nonsense/")) Assert.Equal(HttpStatusCode.NotFound, nonsense.StatusCode);
    }

    [Theory]
    [InlineData("not an address", "Author", "Give an e-mail address")]
    [InlineData("somebody@example.org", "Reader", "Choose a role")]
    public async Task What_is_wrong_is_said_and_nobody_is_invited(string email, string role, string why)
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var answer = await admin.SubmitAsync(Page, [new("email", email), new("role", role)], form: $"form[action='{Page}invite/']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Invitations.AnyAsync(i => i.Email == email)));
    }

    [Fact]
    public async Task An_invitation_takes_nobodys_role_away()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using (var own = await InviteAsync(admin, admin.Email, Role.Contributor)) Assert.Contains("is on the staff already", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // Invited as a reader, and made an administrator before they press the button.
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using (await InviteAsync(admin, ann.Email, Role.Contributor)) { }
        var link = MailBox.Link(await new MailBox(site).WaitAsync(ann.Email), "/account/invitation");
        using (await RoleAsync(admin, ann.Id, Role.Administrator)) { }
        using var late = await ann.SubmitAsync(link, []);
        Assert.Equal((HttpStatusCode.NotFound, Role.Administrator), (late.StatusCode, await RoleOfAsync(ann.Id)));
    }

    [Fact]
    public async Task A_role_is_changed_at_once_and_taken_back_and_never_the_last_administrators()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using (await RoleAsync(admin, ann.Id, Role.Reader)) { }
        // The session that was an editor's is over.
        using (var out1 = await ann.GetAsync("/newsroom/articles/")) Assert.Equal(HttpStatusCode.Found, out1.StatusCode);
        Assert.Equal(Role.Reader, await RoleOfAsync(ann.Id));
        using (await admin.SubmitAsync(Page, [], form: ".notice form")) { }
        Assert.Equal(Role.Editor, await RoleOfAsync(ann.Id));

        var others = await site.ReadAsync(db => db.Users.Where(p => p.Role == Role.Administrator && p.Id != admin.Id).Select(p => p.Id).ToListAsync());
        foreach (var other in others) using (await RoleAsync(admin, other, Role.Reader)) { }
        using (await RoleAsync(admin, admin.Id, Role.Editor)) { }
        Assert.Contains("There must be an administrator", await admin.Browser.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(Role.Administrator, await RoleOfAsync(admin.Id));
    }

    [Fact]
    public async Task Somebody_is_signed_out_everywhere_and_the_administrator_stays()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        foreach (var id in new[] { ann.Id, admin.Id })
        {
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await admin.OpenAsync(Page)).QuerySelector($"form[action='{Page}role/']:has(input[name=id][value='{id}'])")!;
            form.SetAttribute("action", form.QuerySelector("button[formaction]")!.GetAttribute("formaction"));
            using var answer = await admin.SendAsync(form, Page, []);
            Assert.Equal(Page, answer.Headers.Location?.OriginalString);
            Assert.Contains(id == ann.Id ? "Signed out of one browser" : "signed in nowhere else", await admin.Browser.ReadAsync(Page), StringComparison.Ordinal);
        }
        using var gone = await ann.GetAsync("/newsroom/articles/");
        Assert.StartsWith("/account/sign-in/", gone.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(Role.Editor, await RoleOfAsync(ann.Id));
    }

    private static Task<HttpResponseMessage> InviteAsync(StaffClient admin, string email, Role role) => admin.SubmitAsync(Page, [new("email", email), new("role", role.ToString())], form: $"form[action='{Page}invite/']");

    /// <summary>By the form of anyone on the page, for whoever is meant.</summary>
    private static Task<HttpResponseMessage> RoleAsync(StaffClient admin, long id, Role role) => admin.SubmitAsync(Page, [new("id", $"{id}"), new("role", role.ToString())], form: $"form[action='{Page}role/']");

    private Task<Role> RoleOfAsync(long id) => site.ReadAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.Role).SingleAsync());

    public sealed class OnSqlite(SqliteSite site) : PeopleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PeopleTests(site), IClassFixture<PostgresSite>;
}
