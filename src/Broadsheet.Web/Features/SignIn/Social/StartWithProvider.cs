using Broadsheet.Web.Features.SignIn.FromArticle;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>
/// The way to a provider. A form's post goes on at once, by a page of ours: a browser would not let a form of a page with our policy
/// (<c>form-action 'self'</c>) lead to another site by a redirect. A plain link shows a button first.
/// </summary>
internal sealed class StartWithProvider(SignInProviders providers, WaysIn ways, ProviderDoor door, SealedLogins logins, KeptReplies kept, DeskPages pages, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{SocialRoom.With}/{{key}}/", (HttpContext http, string key, StartWithProvider action) => action.ShowAsync(http, key));
        // From public pages too, which carry no token: all that it does is to send this browser to a provider of the operator's choice.
        routes.MapPost($"{SocialRoom.With}/{{key}}/", (HttpContext http, string key, StartWithProvider action) => action.HandleAsync(http, key)).DisableAntiforgery();
    }

    private async Task<IResult> ShowAsync(HttpContext http, string key)
    {
        if (providers.Find(key) is not { } provider) return await UnknownAsync(http);
        var trouble = ProviderTroubles.Parse(http.Request.Query["trouble"]);
        var from = trouble is null ? new SetOut(LocalAddress.Of(http.Request.Query["returnUrl"], ""), null) : logins.ReadSetOut(http) ?? new SetOut("", null);
        return await PageAsync(http, provider, from, trouble, StatusCodes.Status200OK);
    }

    private async Task<IResult> HandleAsync(HttpContext http, string key)
    {
        if (providers.Find(key) is not { } provider) return await UnknownAsync(http);
        var form = await PostedForm.ReadAsync(http);
        // A browser that somebody left open must not become a way into their account for good.
        var adds = form?["link"].ToString() == "1" ? CurrentPerson.Of(http) : null;
        if (adds is not null && !adds.IsFresh(clock.GetUtcNow())) return TypedResults.Redirect(FreshSignIn.Address("/account/"));
        var way = form is null ? null : await kept.KeepAsync(http, form);
        if (way is { AreKept: false }) return await LeaveForm.StayAsync(http, pages, form!, way.Url);
        var from = new SetOut(way?.Url ?? LocalAddress.Of(form?["returnUrl"], ""), adds?.Id);
        if (await door.LeaveAsync(http, provider, from) is not { } target) return await PageAsync(http, provider, from, ProviderTrouble.Down, StatusCodes.Status502BadGateway);
        logins.KeepSetOut(http, from);
        http.Response.Headers["Refresh"] = $"0;url={target}";
        return await pages.ShowAsync<ConnectingPage>(http, new ConnectingPage.Content(provider.Name, target, Elsewhere(from), Back(from)));
    }

    private Task<IResult> PageAsync(HttpContext http, SignInProvider provider, SetOut from, ProviderTrouble? trouble, int status) => pages.ShowAsync<ProviderPage>(http, new ProviderPage.Content(
        provider.Name, ways.Buttons.First(w => w.Url == provider.Way.Url), [.. ways.Buttons.Where(w => w.Url != provider.Way.Url)], from.ReturnUrl, from.LinkTo is not null, trouble?.Say(provider.Name), Elsewhere(from), Back(from)), status);

    private static string Elsewhere(SetOut from) => from.ReturnUrl.Length > 0 ? $"/account/sign-in/?returnUrl={Uri.EscapeDataString(from.ReturnUrl)}" : "/account/sign-in/";

    private static string Back(SetOut from) => from.LinkTo is not null ? "/account/" : from.ReturnUrl.Length > 0 ? from.ReturnUrl : "/";

    private Task<IResult> UnknownAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "No such way in", "This publication does not use this provider (any more).", "/account/sign-in/", "Other ways to sign in");
}
