using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>Ways in on a phone: passkeys by Chromium's virtual device, two steps, and where one is signed in.</summary>
public sealed class PasskeyJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    /// <summary>By name: a passkey belongs to one, not to a number.</summary>
    private string Base => $"http://localhost:{site.Url.Port}";

    [Fact]
    public async Task A_passkey_is_added_signs_in_by_one_button_and_leads_back_until_it_is_removed()
    {
        var article = await site.PublishAsync("Signed in by a finger");
        using var ann = await StaffClient.AddAsync(site, Role.Reader, "four plain words here");
        await using var phone = await SignInAsync(ann, script: true);
        var device = await phone.Context.NewCDPSessionAsync(phone.Page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true } });

        await phone.Page.GotoAsync($"{Base}/account/passkeys/");
        await phone.PictureAsync("passkeys-none");
        await phone.Page.FillAsync("#f-name", "My phone");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is added");
        await phone.AssertCleanAsync("passkeys-one");
        // The same device again: it says so itself.
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(phone.Page.Locator("[data-passkey-problem]")).ToContainTextAsync("has a passkey for your account already");
        await SignOutAsync(phone);

        // Offered in the field of the address; the virtual device takes the offer at once.
        await phone.Page.GotoAsync($"{Base}/account/sign-in/?returnUrl={Uri.EscapeDataString(article.Path)}");
        await phone.Page.WaitForURLAsync($"**{article.Path}");
        await SignOutAsync(phone);
        // From here on it is not offered, so that the button is what signs in.
        await phone.Page.AddInitScriptAsync("delete PublicKeyCredential.isConditionalMediationAvailable");
        await phone.Page.GotoAsync($"{Base}/account/sign-in/?returnUrl={Uri.EscapeDataString(article.Path + "#respond")}");
        await phone.AssertCleanAsync("sign-in");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await phone.Page.WaitForURLAsync($"**{article.Path}#respond");
        await Assertions.Expect(phone.Page.Locator("p.signed-in a").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Reader"));

        await phone.Page.GotoAsync($"{Base}/account/passkeys/");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Remove My phone" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("removed here");
        await SignOutAsync(phone);
        await phone.Page.GotoAsync($"{Base}/account/sign-in/");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("did not sign you in");
        await phone.AssertCleanAsync("sign-in-refused");
        // Whoever thinks better of it is told so, where they are.
        await phone.Page.EvaluateAsync("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(phone.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("it was cancelled");
        Assert.Empty(phone.ForeignRequests);
    }

    [Fact]
    public async Task Without_script_two_steps_are_set_up_and_sessions_ended_and_no_passkey_is_offered()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Editor, "four plain words here");
        await using var phone = await SignInAsync(ann, script: false);
        await phone.Page.GotoAsync($"{Base}/account/passkeys/");
        await Assertions.Expect(phone.Page.GetByText("needs JavaScript")).ToBeVisibleAsync();
        await Assertions.Expect(phone.Page.Locator("form[data-passkey]")).ToBeHiddenAsync();

        await phone.Page.GotoAsync($"{Base}/account/two-steps/");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Set up an authenticator app" }).ClickAsync();
        await phone.Page.Locator("img.qr").WaitForAsync();
        await Eventually.SeesAsync(() => phone.Page.Locator("img.qr").EvaluateAsync<bool>("i => i.complete && i.naturalWidth > 0"));
        await phone.PictureAsync("two-steps-app");
        var app = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes((await phone.Page.Locator("code.key").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal)));
        await phone.Page.FillAsync("#f-code", app.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime));
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Turn two steps on" }).ClickAsync();
        await Assertions.Expect(phone.Page.Locator("ul.codes li")).ToHaveCountAsync(10);
        await phone.PictureAsync("two-steps-codes");
        var code = (await phone.Page.Locator("ul.codes code").First.TextContentAsync())!;
        await phone.Page.GotoAsync($"{Base}/account/two-steps/");
        await phone.PictureAsync("two-steps-on");

        await phone.Page.GotoAsync($"{Base}/account/sign-in/?again=1");
        await phone.Page.FillAsync("#f-email", ann.Email);
        await phone.Page.FillAsync("#f-password", "four plain words here");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(phone.Page.Locator("h1")).ToHaveTextAsync("The second step");
        await phone.PictureAsync("second-step");
        await phone.Page.FillAsync("#f-code", code);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Front desk");

        await phone.Page.GotoAsync($"{Base}/account/sessions/");
        await Assertions.Expect(phone.Page.Locator("ul.rows > li")).ToHaveCountAsync(1);
        await Assertions.Expect(phone.Page.Locator("ul.rows")).ToContainTextAsync("Chrome on Linux");
        await phone.PictureAsync("sessions");
        await phone.Page.GotoAsync($"{Base}/account/password/");
        await phone.PictureAsync("password");
        await phone.Page.GotoAsync($"{Base}/account/sessions/");
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere", Exact = true }).ClickAsync();
        await Assertions.Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Pages_of_the_account_have_nothing_that_axe_objects_to()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Editor, "four plain words here");
        using (await ann.SubmitAsync(await StaffClient.LinkAsync(site, ann.Id), [])) { }
        await using var phone = await SignInAsync(ann, script: true);
        foreach (var page in new[] { "sessions", "password", "passkeys", "two-steps" })
        {
            await phone.Page.GotoAsync($"{Base}/account/{page}/");
            await phone.AssertCleanAsync($"account-{page}");
        }
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Set up an authenticator app" }).ClickAsync();
        await phone.AssertCleanAsync("account-two-steps-app");
    }

    private async Task<Reader> SignInAsync(StaffClient person, bool script)
    {
        var reader = await chromium.OpenAsync(site, 360, script);
        // By the name in place of the number: everything else is foreign still.
        await reader.Context.UnrouteAllAsync();
        await reader.Context.RouteAsync(url => !url.StartsWith(Base, StringComparison.Ordinal), route =>
        {
            reader.ForeignRequests.Add(route.Request.Url);
            return route.AbortAsync();
        });
        await reader.Page.GotoAsync(Base + await StaffClient.LinkAsync(site, person.Id));
        await reader.Page.Locator("main form button").First.ClickAsync();
        return reader;
    }

    private async Task SignOutAsync(Reader reader)
    {
        await reader.Page.GotoAsync($"{Base}/account/");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
    }
}
