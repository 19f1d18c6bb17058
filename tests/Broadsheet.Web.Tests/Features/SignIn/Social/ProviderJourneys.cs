using System.Net;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

/// <summary>What a reader's browser does on the way to a provider and back.</summary>
internal static class ProviderJourneys
{
    /// <summary>Presses the provider's button.</summary>
    /// <returns>Where the browser goes next.</returns>
    public static async Task<Uri> SetOutAsync(this ReaderClient reader, string provider, string returnUrl = "", params IEnumerable<KeyValuePair<string, string>> more)
    {
        using var answer = await reader.PostAsync($"/account/sign-in/with/{provider}/", [new("returnUrl", returnUrl), .. more]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Uri(answer.Headers.GetValues("Refresh").Single()["0;url=".Length..]);
    }

    /// <summary>All the way: the answer of the page that decides who this is.</summary>
    /// <param name="user">Null: says no at the provider.</param>
    public static async Task<HttpResponseMessage> SignInWithAsync(this ReaderClient reader, string provider, string? user, string returnUrl = "", params IEnumerable<KeyValuePair<string, string>> more) =>
        await reader.ComeBackAsync(await OpenIdProvider.ChooseAsync(await reader.SetOutAsync(provider, returnUrl, more), user));

    public static async Task<HttpResponseMessage> ComeBackAsync(this ReaderClient reader, Uri back)
    {
        using var answer = await reader.GetAsync(back.PathAndQuery);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await reader.GetAsync(answer.Headers.Location!.OriginalString);
    }

    public static bool IsSignedIn(this ReaderClient reader, Uri site) => reader.Cookies.GetCookies(site)[".broadsheet.session"] is not null;
}
