using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>
/// A provider sends a reader back: by a link, or (Apple) by a form that it posts from its own site, without our session. What it said is checked
/// and sealed, and everything else is done by the page that follows, which has the session again.
/// </summary>
internal sealed class ComeBack(SignInProviders providers, ProviderDoor door, SealedLogins logins)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{SocialRoom.Back}/{{key}}/", (HttpContext http, string key, ComeBack action) => action.HandleAsync(http, key));
        routes.MapPost($"{SocialRoom.Back}/{{key}}/", (HttpContext http, string key, ComeBack action) => action.HandleAsync(http, key)).DisableAntiforgery();
    }

    private async Task<IResult> HandleAsync(HttpContext http, string key)
    {
        if (providers.Find(key) is not { } provider || (!HttpMethods.IsGet(http.Request.Method) && !provider.PostsBack)) return TypedResults.Redirect("/account/sign-in/");
        var arrival = await door.ReturnAsync(http, provider);
        if (arrival.Login is not { } login) return TypedResults.Redirect($"{SocialRoom.With}/{provider.Key}/?trouble={arrival.Trouble.Word()}");
        logins.Keep(http, login);
        return TypedResults.Redirect(SocialRoom.Arrived);
    }
}
