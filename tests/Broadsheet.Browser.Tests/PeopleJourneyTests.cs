using System.Text.Json;
using System.Text.RegularExpressions;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>Being someone, on a phone, with script and without: an account begun by a mailed code, shown, known, left and kept; an invitation; a Mastodon server of one's own.</summary>
public sealed class PeopleJourneyTests(SqliteSite site, FediverseServer server, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<FediverseServer>, IAsyncLifetime
{
    private MailBox Box => new(site);

    public async ValueTask InitializeAsync()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        if (site.App.Configuration["SignIn:Mastodon:Enabled"] is not null) return;
        await site.StopAsync();
        await site.StartAsync("--SignIn:Mastodon:Enabled=true", $"--Outbound:AllowHosts:0={server.Host}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_is_begun_by_a_code_shown_to_everyone_downloaded_left_and_kept(bool script)
    {
        var (name, email) = ($"Nell {(script ? "Scripted" : "Plain")}", $"nell.{script}@example.org");
        var article = await site.PublishAsync($"Of quays {script}");
        await using var reader = await chromium.OpenAsync(site, 360, script);
        var page = reader.Page;

        await page.GotoAsync($"/account/sign-in/?returnUrl={Uri.EscapeDataString(article.Path + "#respond")}");
        await page.FillAsync("#mail-to", email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a code" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Look into your mailbox");
        await page.GetByLabel("Code").FillAsync("0000 0000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-code-problem")).ToBeVisibleAsync();
        await reader.AssertCleanAsync($"code-{script}");
        await page.GetByLabel("Code").FillAsync(Regex.Match((await Box.WaitAsync(email)).Subject!, @"\d{4} \d{4}").Value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Begin an account");
        await reader.AssertCleanAsync($"begin-by-mail-{script}");
        await page.Locator("#f-name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();

        // At the form, where they came from.
        await page.WaitForURLAsync($"**{article.Path}#respond");
        await page.FillAsync("#comment", "Which quay was it?");
        await page.WaitForTimeoutAsync(2_100);
        await page.ClickAsync("#submit");
        await Assertions.Expect(page.Locator(".comment-list .comment-text")).ToHaveTextAsync("Which quay was it?");

        await page.GotoAsync("/account/");
        await reader.AssertCleanAsync($"account-{script}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Name, words on yourself" }).ClickAsync();
        await page.Locator("#f-url").FillAsync("javascript:alert(1)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-url-problem")).ToBeVisibleAsync();
        await reader.AssertCleanAsync($"profile-{script}");
        await page.Locator("#f-url").FillAsync("https://nell.example/");
        await page.Locator("#f-bio").FillAsync("Watches boats.");
        await page.GetByLabel("I have a page here").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Your page, as everyone sees it" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(name);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Watches boats.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Which quay was it?");
        await reader.AssertCleanAsync($"reader-{script}");

        await page.GotoAsync("/account/comments/");
        await Assertions.Expect(page.Locator("ol.own > li")).ToHaveCountAsync(1);
        await reader.AssertCleanAsync($"history-{script}");
        await page.GotoAsync("/account/data/");
        await reader.AssertCleanAsync($"data-{script}");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download my data" }).ClickAsync());
        await using (var stream = await file.CreateReadStreamAsync())
        using (var json = await JsonDocument.ParseAsync(stream)) Assert.Contains("Which quay was it?", json.RootElement.GetRawText(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Delete my account" }).ClickAsync();
        await reader.AssertCleanAsync($"leave-{script}");
        await page.GetByLabel("Are removed, with their words").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete my account in a day" }).ClickAsync();
        await page.GotoAsync("/account/");
        await reader.AssertCleanAsync($"leaving-{script}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep my account" }).ClickAsync();
        await page.GotoAsync("/account/");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep my account" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Empty(reader.ForeignRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Somebody_is_invited_joins_and_their_role_is_changed_and_changed_back(bool script)
    {
        var (name, email) = ($"Otto {(script ? "Scripted" : "Plain")}", $"otto.{script}@example.org".ToLowerInvariant());
        using var admin = await StaffClient.AddAsync(site, Role.Administrator);
        await using var chief = await chromium.OpenAsync(site, 360, script);
        await using var otto = await chromium.OpenAsync(site, 360, script);
        await chief.Page.GotoAsync(await StaffClient.LinkAsync(site, admin.Id));
        await chief.Page.Locator("form button").First.ClickAsync();
        await chief.Page.GotoAsync("/newsroom/people/");
        await chief.Page.Locator("#f-email").FillAsync(email);
        await chief.Page.Locator("#role").SelectOptionAsync("Author");
        await chief.Page.GetByRole(AriaRole.Button, new() { Name = "Invite" }).ClickAsync();
        await Assertions.Expect(chief.Page.GetByRole(AriaRole.Status)).ToContainTextAsync($"{email} is invited. The mail has no link");
        // The publication has no address of its own, so its mail has no link: the one to hand over stands on the page.
        await Box.WaitAsync(email);
        var link = chief.Page.Locator("ul.rows > li", new() { HasText = email }).Locator("code");
        var address = await link.InnerTextAsync();
        // Chance gives most links a hyphen to break at, not all.
        await link.EvaluateAsync("code => code.textContent = code.textContent.replaceAll('-', 'x')");
        await chief.AssertCleanAsync($"people-invited-{script}");
        await otto.Page.GotoAsync(address);
        await otto.AssertCleanAsync($"invitation-{script}");
        await otto.Page.Locator("#f-name").FillAsync(name);
        await otto.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await otto.Page.GotoAsync("/newsroom/");
        await Assertions.Expect(otto.Page.Locator("h1")).ToBeVisibleAsync();
        await otto.AssertCleanAsync($"joined-{script}");
        Assert.Equal(403, (await otto.Page.GotoAsync("/newsroom/people/"))!.Status);

        await chief.Page.GotoAsync("/newsroom/people/");
        var role = chief.Page.GetByLabel($"Role of {name}", new() { Exact = true });
        await Assertions.Expect(role).ToHaveValueAsync("Author");
        await role.SelectOptionAsync("Editor");
        await chief.Page.GetByRole(AriaRole.Button, new() { Name = $"Change the role of {name}" }).ClickAsync();
        await Assertions.Expect(role).ToHaveValueAsync("Editor");
        await chief.AssertCleanAsync($"people-changed-{script}");
        await chief.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(role).ToHaveValueAsync("Author");
        Assert.Empty(chief.ForeignRequests);
        Assert.Empty(otto.ForeignRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_names_their_Mastodon_server_and_comes_back_to_their_words(bool script)
    {
        server.Account = $$"""{"id":"3{{script}}","username":"pia","acct":"pia","display_name":"Pia {{(script ? "Scripted" : "Plain")}}","url":"https://social.example/@pia"}""";
        var article = await site.PublishAsync($"Of servers {script}");
        await using var reader = await chromium.OpenAsync(site, 360, script, also: new Uri($"http://{server.Host}"));
        var page = reader.Page;
        await page.GotoAsync(article.Path);
        await page.FillAsync("#comment", "Words on the way.");
        await page.Locator("#respond").GetByRole(AriaRole.Button, new() { Name = "Mastodon" }).ClickAsync();
        await page.Locator("#f-server").FillAsync("nowhere.invalid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-server-problem")).ToContainTextAsync("does not answer");
        await reader.AssertCleanAsync($"mastodon-{script}");
        await page.Locator("#f-server").FillAsync(server.Host);
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Authorize" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Begin an account");
        await reader.AssertCleanAsync($"mastodon-arrived-{script}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await Assertions.Expect(page.Locator("#comment")).ToHaveValueAsync("Words on the way.");
        await Assertions.Expect(page.Locator("p.signed-in")).ToContainTextAsync("You are commenting using your Mastodon account");
        Assert.Empty(reader.ForeignRequests);
    }
}
