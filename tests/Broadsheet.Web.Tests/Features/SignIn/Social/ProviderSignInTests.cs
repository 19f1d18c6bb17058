using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

/// <summary>Signing in by an account elsewhere, at a real OpenID Connect provider, by two issuers.</summary>
public abstract partial class ProviderSignInTests(BroadsheetSite site, OpenIdProvider club)
{
    private static int _users;

    [Fact]
    public async Task Whoever_is_new_confirms_a_name_and_returns_where_they_came_from()
    {
        var user = NewUser(isVerified: true);
        using var reader = new StaffClient(site, 0, "");

        using var arrived = await reader.Browser.SignInWithAsync("club", user.Subject, "/2026/01/02/somewhere/#respond");
        var page = await StaffClient.PageOf(arrived);
        Assert.Equal(user.Name, ((IHtmlInputElement)page.QuerySelector("[name=name]")!).Value);
        Assert.Contains(user.Email!, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.False(reader.Browser.IsSignedIn(site.Url));
        using var nameless = await reader.SubmitAsync("/account/sign-in/arrived/", [new("name", " ")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        using var begun = await reader.SubmitAsync("/account/sign-in/arrived/", [new("name", "Nora New")]);

        Assert.Equal("/2026/01/02/somewhere/#respond", begun.Headers.Location?.OriginalString);
        Assert.True(reader.Browser.IsSignedIn(site.Url));
        var person = await site.ReadAsync(db => db.Users.SingleAsync(p => p.Email == user.Email));
        Assert.Equal(("Nora New", Role.Reader, true), (person.DisplayName, person.Role, person.EmailConfirmed));
        // What brought them in is used up.
        using var again = await reader.GetAsync("/account/sign-in/arrived/");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_known_login_comes_in_whatever_has_changed_there()
    {
        var user = NewUser(isVerified: true);
        await BeginAsync("club", user);
        club.Users.Remove(user);
        club.Users.Add(user with { Name = "Somebody Else", Email = $"moved-{user.Email}" });

        using var reader = site.NewReader();
        using var answer = await reader.SignInWithAsync("club", user.Subject, "https://evil.example/");

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        Assert.True(reader.IsSignedIn(site.Url));
        Assert.Equal(user.Name, await site.ReadAsync(db => db.Users.Where(p => p.Email == user.Email).Select(p => p.DisplayName).SingleAsync()));
    }

    [Fact]
    public async Task Two_providers_that_prove_one_address_lead_to_one_person()
    {
        var user = NewUser(isVerified: true);
        await BeginAsync("club", user);

        using var reader = site.NewReader();
        using var answer = await reader.SignInWithAsync("guild", user.Subject, "/somewhere/");

        var page = await StaffClient.PageOf(answer);
        Assert.Equal("Guild signs you in now", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("/somewhere/", page.QuerySelector("a.main")!.GetAttribute("href"));
        Assert.True(reader.IsSignedIn(site.Url));
        Assert.Equal(2, await site.ReadAsync(db => db.UserLogins.CountAsync(l => db.Users.Any(p => p.Id == l.UserId && p.Email == user.Email))));
    }

    [Fact]
    public async Task An_account_with_two_steps_is_joined_by_nobody_who_has_not_taken_both()
    {
        var user = NewUser(isVerified: true);
        var owner = await AddPersonAsync(user.Email!, isProven: true);
        await site.Writes.RunAsync(async (scope, ct) => (await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == owner, ct)).TwoFactorEnabled = true, CancellationToken.None);
        using var reader = site.NewReader();

        using var answer = await reader.SignInWithAsync("club", user.Subject);

        Assert.Equal("There is an account with your address", (await StaffClient.PageOf(answer)).QuerySelector("h1")!.TextContent);
        Assert.False(reader.IsSignedIn(site.Url));
        // Added, it is one step of two.
        await site.Writes.RunAsync((scope, ct) => LoginLedger.AddAsync(scope, owner, new Login(club.Url.AbsoluteUri, user.Subject, "The Club"), ct), CancellationToken.None);
        using var known = await reader.SignInWithAsync("club", user.Subject);
        Assert.Equal("/account/sign-in/second/", known.Headers.Location?.OriginalString);
        Assert.False(reader.IsSignedIn(site.Url));
        Assert.Contains("A new way to sign in", (await new MailBox(site).WaitAsync(user.Email!)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_new_accounts_are_taken_nobody_new_comes_in_and_the_known_do()
    {
        var (known, stranger) = (NewUser(isVerified: true), NewUser(isVerified: true));
        await BeginAsync("club", known);
        await site.SetAsync(p => p with { NewAccounts = false });
        try
        {
            using var reader = new StaffClient(site, 0, "");
            using var arrived = await reader.Browser.SignInWithAsync("club", stranger.Subject);
            using var refused = await reader.SubmitAsync("/account/sign-in/arrived/", []);
            Assert.Contains("takes no new accounts", (await StaffClient.PageOf(refused)).Body!.TextContent, StringComparison.Ordinal);
            Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Email == stranger.Email)));
            using var back = await reader.Browser.SignInWithAsync("club", known.Subject);
            Assert.True(reader.Browser.IsSignedIn(site.Url));
        }
        finally
        {
            await site.SetAsync(p => p with { NewAccounts = true });
        }
    }

    [Fact]
    public async Task One_name_at_two_issuers_is_two_people()
    {
        var user = NewUser(isVerified: false);
        await BeginAsync("club", user);

        using var reader = site.NewReader();
        using var answer = await reader.SignInWithAsync("guild", user.Subject);

        Assert.Equal("Begin an account", (await StaffClient.PageOf(answer)).QuerySelector("h1")!.TextContent);
        Assert.False(reader.IsSignedIn(site.Url));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_account_is_entered_by_an_address_that_one_side_only_believes(bool provenThere)
    {
        var user = NewUser(provenThere);
        var owner = await AddPersonAsync(user.Email!, isProven: !provenThere);
        using var reader = new StaffClient(site, owner, user.Email!);

        using var arrived = await reader.Browser.SignInWithAsync("club", user.Subject, "/somewhere/");
        var page = await StaffClient.PageOf(arrived);
        // Of an address that nobody has proven, nobody learns whether it has an account here.
        Assert.Equal(provenThere ? "There is an account with your address" : "Begin an account", page.QuerySelector("h1")!.TextContent);
        if (!provenThere) Assert.DoesNotContain(user.Email!, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.False(reader.Browser.IsSignedIn(site.Url));
        Assert.Equal(0, await site.ReadAsync(db => db.UserLogins.CountAsync(l => l.UserId == owner)));

        // Signed in the other way, they can have it.
        Assert.Equal("/account/sign-in/?again=other&returnUrl=%2Faccount%2Fsign-in%2Farrived%2F", page.QuerySelector("a[href^='/account/sign-in/?']")!.GetAttribute("href"));
        using var other = await reader.SubmitAsync(await StaffClient.LinkAsync(site, owner), []);
        using var back = await reader.GetAsync("/account/sign-in/arrived/");
        page = await StaffClient.PageOf(back);
        if (!provenThere)
        {
            using var added = await reader.SendAsync((IHtmlFormElement)page.QuerySelector("button[value=add]")!.Closest("form")!, "/account/sign-in/arrived/", [], ("deed", "add"));
            page = await StaffClient.PageOf(added);
        }
        Assert.Equal("The Club signs you in now", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("/somewhere/", page.QuerySelector("a.main")!.GetAttribute("href"));
        Assert.Equal(owner, await site.ReadAsync(db => db.UserLogins.Where(l => l.ProviderKey == user.Subject).Select(l => l.UserId).SingleAsync()));
    }

    [Fact]
    public async Task An_unproven_address_is_not_kept_so_that_its_owner_never_shares_an_account_with_whoever_claimed_it()
    {
        var user = NewUser(isVerified: false);
        await BeginAsync("club", user);

        Assert.False(await site.ReadAsync(db => db.Users.AnyAsync(p => p.Email == user.Email)));
        Assert.Equal(user.Name, await site.ReadAsync(db => db.Users.Where(p => p.Email == null && db.UserLogins.Any(l => l.UserId == p.Id && l.ProviderKey == user.Subject)).Select(p => p.DisplayName).SingleAsync()));
    }

    private ProviderUser NewUser(bool isVerified) => club.Join($"Member {Interlocked.Increment(ref _users)}", isVerified);

    private async Task BeginAsync(string provider, ProviderUser user)
    {
        using var reader = new StaffClient(site, 0, "");
        using var arrived = await reader.Browser.SignInWithAsync(provider, user.Subject);
        using var begun = await reader.SubmitAsync("/account/sign-in/arrived/", []);
        Assert.Equal(HttpStatusCode.Found, begun.StatusCode);
    }

    private Task<long> AddPersonAsync(string email, bool isProven) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var (person, _) = await PeopleLedger.SaveAsync(scope, new PersonEdit(email, "Olga Owner", Role.Reader, null), null, ct);
        person.EmailConfirmed = isProven;
        return person.Id;
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteClubSite site) : ProviderSignInTests(site, site.Club), IClassFixture<SqliteClubSite>;

    public sealed class OnPostgres(PostgresClubSite site) : ProviderSignInTests(site, site.Club), IClassFixture<PostgresClubSite>;
}
