using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

// Adding to, and taking away from, an account that one is signed in to.
public abstract partial class ProviderSignInTests
{
    [Fact]
    public async Task From_ones_account_a_login_is_added_and_taken_away_but_never_the_last_way_in()
    {
        var (mine, others) = (NewUser(isVerified: true), NewUser(isVerified: true));
        await BeginAsync("club", others);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);

        using var taken = await ann.Browser.SignInWithAsync("club", others.Subject, "", Link());
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        using var added = await ann.Browser.SignInWithAsync("club", mine.Subject, "", Link());
        Assert.Equal("/account/?said=login", added.Headers.Location?.OriginalString);
        var page = await ann.OpenAsync("/account/");
        Assert.Contains($"The Club: {mine.Email}", page.QuerySelector("#ways")!.TextContent, StringComparison.Ordinal);

        // Neither a password nor a proven address: this is all they have.
        using var last = await ann.SubmitAsync("/account/", [], form: "form[action='/account/ways/remove/']");
        Assert.Equal("/account/?said=login-last", last.Headers.Location?.OriginalString);
        using var second = await ann.Browser.SignInWithAsync("guild", mine.Subject, "", Link());
        await SignInAge.SetAsync(site, ann.Id, CurrentPerson.Fresh);
        using (var later = await ann.SubmitAsync("/account/", [], form: "form[action='/account/ways/remove/']"))
        {
            Assert.Equal(FreshSignIn.Address("/account/#ways"), later.Headers.Location?.OriginalString);
            Assert.Contains("Sign in again as", await ann.Browser.ReadAsync(later.Headers.Location!.OriginalString), StringComparison.Ordinal);
        }
        await SignInAge.SetAsync(site, ann.Id, TimeSpan.Zero);
        using var removed = await ann.SubmitAsync("/account/", [], form: "form[action='/account/ways/remove/']");
        Assert.Equal("/account/?said=login-removed", removed.Headers.Location?.OriginalString);
        Assert.Equal(1, await site.ReadAsync(db => db.UserLogins.CountAsync(l => l.UserId == ann.Id)));
        Assert.Equal(1, await site.ReadAsync(db => db.Mails.CountAsync(m => m.Email == ann.Email && m.Kind == MailKind.LoginRemoved)));
    }

    [Fact]
    public async Task A_login_is_added_to_nobody_but_who_asked_for_it()
    {
        var user = NewUser(isVerified: true);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var bob = await StaffClient.AddAsync(site, Role.Reader);
        var back = await OpenIdProvider.ChooseAsync(await ann.Browser.SetOutAsync("club", "", Link()), user.Subject);
        using var changed = await ann.SubmitAsync(await StaffClient.LinkAsync(site, bob.Id), []);

        using var answer = await ann.Browser.ComeBackAsync(back);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await site.ReadAsync(db => db.UserLogins.AnyAsync(l => l.ProviderKey == user.Subject)));
    }

    private static KeyValuePair<string, string>[] Link() => [new("link", "1")];
}
