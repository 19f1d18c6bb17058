using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.FromArticle;

/// <summary>Whoever writes under an article signs in, or out, from its form: the words are kept, and they come back to them. From public pages, which carry no token: other sites' forms are refused before.</summary>
internal sealed class LeaveForm(KeptReplies kept, Sessions sessions, DeskPages pages)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/sign-in/from/", (HttpContext http, LeaveForm action) => action.SignInAsync(http)).DisableAntiforgery();
        routes.MapPost("/account/sign-out/from/", (HttpContext http, LeaveForm action) => action.SignOutAsync(http)).DisableAntiforgery();
    }

    /// <summary>The words could not be kept: they stand on a page of their own, and nothing else was done.</summary>
    public static Task<IResult> StayAsync(HttpContext http, DeskPages pages, IFormCollection form, string back) => pages.ShowAsync<KeptWords>(http, new KeptWords.Content(
        "Your words could not be kept for later", "So you were not taken away from them. Copy them from here, sign in, and paste them into the form.", "", [new("comment", form["comment"].ToString())], false, back, "Back to the form"), StatusCodes.Status503ServiceUnavailable);

    private async Task<IResult> SignInAsync(HttpContext http)
    {
        if (await PostedForm.ReadAsync(http) is not { } form || await kept.KeepAsync(http, form) is not { } way) return TypedResults.Redirect("/account/sign-in/");
        return way.AreKept ? TypedResults.Redirect(FreshSignIn.AsAnother(way.Url)) : await StayAsync(http, pages, form, way.Url);
    }

    private async Task<IResult> SignOutAsync(HttpContext http)
    {
        if (await PostedForm.ReadAsync(http) is not { } form || await kept.KeepAsync(http, form) is not { } way) return TypedResults.Redirect("/account/");
        if (!way.AreKept) return await StayAsync(http, pages, form, way.Url);
        await sessions.EndAsync(http);
        return TypedResults.Redirect(way.Url);
    }
}
