using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>What the pages' script does with a passkey.</summary>
public static class PasskeyForms
{
    public static async Task<HttpResponseMessage> AddAsync(this StaffClient client, SoftAuthenticator passkey, string name)
    {
        var form = (IHtmlFormElement)(await client.OpenAsync("/account/passkeys/")).QuerySelector("form[data-passkey=make]")!;
        return await client.SendAsync(form, "", [new("name", name), new("credential", passkey.Make(await client.OptionsAsync(form)))]);
    }

    public static async Task<HttpResponseMessage> SignInAsync(this StaffClient client, SoftAuthenticator passkey, string returnUrl = "")
    {
        var form = await client.PasskeyFormAsync(returnUrl);
        return await client.SendAsync(form, "", [new("credential", passkey.Use(await client.OptionsAsync(form)))]);
    }

    public static async Task<IHtmlFormElement> PasskeyFormAsync(this StaffClient client, string returnUrl = "") =>
        (IHtmlFormElement)(await client.OpenAsync($"/account/sign-in/?again=1&returnUrl={Uri.EscapeDataString(returnUrl)}")).QuerySelector("form[data-passkey=use]")!;

    /// <summary>Asks for a challenge, as JSON.</summary>
    public static async Task<string> OptionsAsync(this StaffClient client, IHtmlFormElement form)
    {
        using var answer = await client.Browser.PostAsync(form.GetAttribute("data-options")!, [new("__RequestVerificationToken", form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : throw new InvalidOperationException($"{(int)answer.StatusCode}");
    }
}
