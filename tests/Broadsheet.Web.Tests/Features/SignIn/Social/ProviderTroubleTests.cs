using System.Net;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

/// <summary>What goes wrong on the way to a provider and back is told in words, with the other ways and the way back. Nothing of it is the database's, so one is enough.</summary>
public sealed class ProviderTroubleTests(SqliteClubSite site) : IClassFixture<SqliteClubSite>
{
    private OpenIdProvider Club => site.Club;

    [Fact]
    public async Task A_no_a_late_a_foreign_and_a_second_way_back_are_told_apart_from_a_yes()
    {
        var user = Club.Join("Tess Trouble", isVerified: true);
        using var reader = site.NewReader();
        using var thief = site.NewReader();

        Assert.Equal("The Club was told no", await HeadingAsync(await reader.SignInWithAsync("club", null, "/somewhere/")));
        Assert.Equal("This took too long", await HeadingAsync(await reader.ComeBackAsync(new Uri(site.Url, "/account/sign-in/back/club/"))));
        Assert.Equal("This took too long", await HeadingAsync(await reader.ComeBackAsync(new Uri(site.Url, "/account/sign-in/back/club/?code=x&state=forged"))));
        var back = await OpenIdProvider.ChooseAsync(await reader.SetOutAsync("club"), user.Subject);
        Assert.Equal("This took too long", await HeadingAsync(await thief.ComeBackAsync(back)));
        // A state of one provider is worth nothing at another's door.
        Assert.Equal("This took too long", await HeadingAsync(await reader.ComeBackAsync(new Uri(back.AbsoluteUri.Replace("/back/club/", "/back/guild/", StringComparison.Ordinal)))));
        Assert.False(reader.IsSignedIn(site.Url) || thief.IsSignedIn(site.Url));
        back = await OpenIdProvider.ChooseAsync(await reader.SetOutAsync("club"), user.Subject);
        Assert.Equal("Begin an account", await HeadingAsync(await reader.ComeBackAsync(back)));
        Assert.Equal("This took too long", await HeadingAsync(await reader.ComeBackAsync(back)));
    }

    [Fact]
    public async Task Whoever_was_sent_back_without_success_finds_the_other_ways_and_the_way_back()
    {
        using var reader = site.NewReader();
        using var answer = await reader.SignInWithAsync("club", null, "/somewhere/#respond");
        var page = await StaffClient.PageOf(answer);
        Assert.NotNull(page.QuerySelector("button[formaction='/account/sign-in/with/guild/']"));
        Assert.NotNull(page.QuerySelector("a[href='/somewhere/#respond']"));
        Assert.NotNull(page.QuerySelector("a[href='/account/sign-in/?returnUrl=%2Fsomewhere%2F%23respond']"));
    }

    [Theory]
    [InlineData(OpenIdProvider.Mood.Down)]
    [InlineData(OpenIdProvider.Mood.Slow)]
    [InlineData(OpenIdProvider.Mood.Nonsense)]
    [InlineData(OpenIdProvider.Mood.Impostor)]
    public async Task A_provider_that_fails_is_said_to_fail_and_works_again_when_it_does(OpenIdProvider.Mood mood)
    {
        var user = Club.Join("Tess Trouble", isVerified: true);
        // Started anew, so that it knows nothing of the provider yet.
        await site.StopAsync();
        await site.StartAsync(Club.Configuration);
        using var reader = site.NewReader();
        try
        {
            Club.Now = mood;
            using var answer = await reader.PostAsync("/account/sign-in/with/club/", [new("returnUrl", "/somewhere/")]);
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
            var page = await StaffClient.PageOf(answer);
            Assert.Equal("The Club does not answer right now", page.QuerySelector("h1")!.TextContent);
            Assert.NotNull(page.QuerySelector("a[href='/somewhere/']"));
            Club.Now = OpenIdProvider.Mood.Well;
            var back = await OpenIdProvider.ChooseAsync(await reader.SetOutAsync("club"), user.Subject);
            if (mood is OpenIdProvider.Mood.Impostor) return;

            // It fails while they are there.
            Club.Now = mood;
            Assert.Equal("The Club does not answer right now", await HeadingAsync(await reader.ComeBackAsync(back)));
        }
        finally
        {
            Club.Now = OpenIdProvider.Mood.Well;
        }
    }

    private static async Task<string> HeadingAsync(HttpResponseMessage answer)
    {
        using (answer) return (await StaffClient.PageOf(answer)).QuerySelector("h1")!.TextContent;
    }
}
