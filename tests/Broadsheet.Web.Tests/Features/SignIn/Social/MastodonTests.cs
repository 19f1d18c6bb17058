using System.Net;
using System.Text.RegularExpressions;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

/// <summary>Signing in by a Mastodon server that the reader names.</summary>
public abstract class MastodonTests(BroadsheetSite site, FediverseServer server) : IAsyncLifetime
{
    private const string Start = "/account/sign-in/with/mastodon/";

    public async ValueTask InitializeAsync()
    {
        server.IsBroken = false;
        // Once for the class.
        if (site.App.Configuration["SignIn:Mastodon:Enabled"] is not null) return;
        await site.StopAsync();
        await site.StartAsync("--SignIn:Mastodon:Enabled=true", $"--Outbound:AllowHosts:0={server.Host}");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_reader_names_their_server_agrees_there_and_is_known_the_next_time()
    {
        server.Account = """{"id":"109","username":"ferry","acct":"ferry","display_name":"Ferry Lane","url":"https://social.example/@ferry","avatar_static":"https://social.example/a.png"}""";
        using var first = new StaffClient(site, 0, "");
        var back = server.Agree(await SetOutAsync(first, $"@ferry@{server.Host}", "/2026/01/02/somewhere/#respond"));
        using (var returned = await first.GetAsync(back)) Assert.Equal("/account/sign-in/arrived/", returned.Headers.Location?.OriginalString);
        using (var begun = await first.SubmitAsync("/account/sign-in/arrived/", [new("name", "Ferry Lane")])) Assert.Equal("/2026/01/02/somewhere/#respond", begun.Headers.Location?.OriginalString);
        Assert.Equal((null, 0), (await site.ReadAsync(db => db.Users.Where(p => p.DisplayName == "Ferry Lane").Select(p => p.Email).SingleAsync()), server.TokensAbout));

        var registrations = server.Registrations;
        using var again = new StaffClient(site, 0, "");
        using (await again.GetAsync(server.Agree(await SetOutAsync(again, server.Host, "/about/")))) { }
        using var known = await again.GetAsync("/account/sign-in/arrived/");

        Assert.Equal("/about/", known.Headers.Location?.OriginalString);
        Assert.Equal(registrations, server.Registrations);
        Assert.Contains("Ferry Lane", await again.Browser.ReadAsync("/account/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_an_address_adds_one_and_only_then_has_another_way_in()
    {
        var box = new MailBox(site);
        server.Account = $$"""{"id":"{{Guid.CreateVersion7()}}","username":"quay"}""";
        var name = $"Quay {Guid.CreateVersion7():N}"[..20];
        using var reader = new StaffClient(site, 0, "");
        using (await reader.GetAsync(server.Agree(await SetOutAsync(reader, server.Host, "")))) { }
        using (await reader.SubmitAsync("/account/sign-in/arrived/", [new("name", name)])) { }
        Assert.Contains("goes with an e-mail address", await reader.Browser.ReadAsync("/account/password/"), StringComparison.Ordinal);
        using (var kept = await reader.SubmitAsync("/account/", [], form: "form[action='/account/ways/remove/']")) Assert.Equal("/account/?said=login-last", kept.Headers.Location?.OriginalString);

        var email = $"quay{Guid.CreateVersion7():N}@example.org";
        await site.SetAsync(p => p with { NewAccounts = false });
        using (await reader.SubmitAsync("/account/", [new("email", email)], form: "form[action='/account/sign-in/mail/']")) { }
        var code = Regex.Match((await box.WaitAsync(email)).Subject!, @"\d{4} \d{4}").Value;
        using var typed = await reader.SubmitAsync("/account/sign-in/code/", [new("code", code)]);
        using var added = await reader.SubmitAsync(typed.Headers.Location!.OriginalString, [], ("deed", "add"));
        await site.SetAsync(p => p with { NewAccounts = true });

        Assert.Equal("/account/?said=address", added.Headers.Location?.OriginalString);
        Assert.Equal((email, true), await site.ReadAsync(async db => { var p = await db.Users.SingleAsync(u => u.DisplayName == name); return (p.Email, p.EmailConfirmed); }));
        using var gone = await reader.GetAsync(typed.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using (var removed = await reader.SubmitAsync("/account/", [], form: "form[action='/account/ways/remove/']")) Assert.Equal("/account/?said=login-removed", removed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_way_back_works_once_in_the_browser_that_set_out_and_with_its_own_state()
    {
        server.Account = """{"id":"110","username":"once"}""";
        using var own = new StaffClient(site, 0, "");
        using var other = new StaffClient(site, 0, "");
        var back = server.Agree(await SetOutAsync(own, server.Host, ""));
        using (var stolen = await other.GetAsync(back)) Assert.Equal($"{Start}?trouble=expired", stolen.Headers.Location?.OriginalString);
        using (var forged = await own.GetAsync(back[..^3] + "abc")) Assert.Equal($"{Start}?trouble=expired", forged.Headers.Location?.OriginalString);
        // The forged one has used the way up.
        using (var late = await own.GetAsync(back)) Assert.Equal($"{Start}?trouble=expired", late.Headers.Location?.OriginalString);

        var second = server.Agree(await SetOutAsync(own, server.Host, ""));
        using (var good = await own.GetAsync(second)) Assert.Equal("/account/sign-in/arrived/", good.Headers.Location?.OriginalString);
        using var replayed = await own.GetAsync(second);
        Assert.Equal($"{Start}?trouble=expired", replayed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Who_says_no_is_told_so_and_where_they_came_from()
    {
        using var reader = new StaffClient(site, 0, "");
        var authorize = await SetOutAsync(reader, server.Host, "/about/");
        var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(authorize.Query)["state"];
        using var denied = await reader.GetAsync($"/account/sign-in/back/mastodon/?error=access_denied&state={state}");
        var page = await reader.OpenAsync(denied.Headers.Location!.OriginalString);
        Assert.Contains("was told no", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='/about/']"));
    }

    [Fact]
    public async Task A_server_that_forgot_us_is_asked_anew()
    {
        server.Account = """{"id":"111","username":"anew"}""";
        using var reader = new StaffClient(site, 0, "");
        var back = server.Agree(await SetOutAsync(reader, server.Host, ""));
        server.ForgetClients();
        using (var lost = await reader.GetAsync(back)) Assert.Equal($"{Start}?trouble=down", lost.Headers.Location?.OriginalString);

        var before = server.Registrations;
        using var good = await reader.GetAsync(server.Agree(await SetOutAsync(reader, server.Host, "")));
        Assert.Equal(("/account/sign-in/arrived/", before + 1), (good.Headers.Location?.OriginalString, server.Registrations));
    }

    [Theory]
    [InlineData("", "Give a server")]
    [InlineData("not a name", "Give a server")]
    [InlineData("localhost", "Give a server")]
    [InlineData("10.0.0.1", "does not answer")]
    [InlineData("127.0.0.1:9", "does not answer")]
    [InlineData("nowhere.invalid", "does not answer")]
    [InlineData(null, "does not answer")]
    public async Task What_is_no_server_is_said_beside_its_field(string? typed, string why)
    {
        server.IsBroken = typed is null;
        await site.Writes.RunAsync((scope, ct) => scope.Db.MastodonServers.ExecuteDeleteAsync(ct), CancellationToken.None);
        using var reader = new StaffClient(site, 0, "");
        using var answer = await reader.SubmitAsync(Start, [new("server", typed ?? server.Host)]);
        Assert.Contains(why, (await StaffClient.PageOf(answer)).QuerySelector("#f-server-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await site.ReadAsync(db => db.MastodonServers.CountAsync()));
    }

    /// <returns>Where the page leads.</returns>
    private static async Task<Uri> SetOutAsync(StaffClient client, string typed, string returnUrl)
    {
        using var answer = await client.SubmitAsync($"{Start}?returnUrl={Uri.EscapeDataString(returnUrl)}", [new("server", typed)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var target = (await StaffClient.PageOf(answer)).QuerySelector("a.main")!.GetAttribute("href")!;
        Assert.Equal($"0;url={target}", answer.Headers.GetValues("Refresh").Single());
        return new Uri(target);
    }

    public sealed class OnSqlite(SqliteSite site, FediverseServer server) : MastodonTests(site, server), IClassFixture<SqliteSite>, IClassFixture<FediverseServer>;

    public sealed class OnPostgres(PostgresSite site, FediverseServer server) : MastodonTests(site, server), IClassFixture<PostgresSite>, IClassFixture<FediverseServer>;
}
