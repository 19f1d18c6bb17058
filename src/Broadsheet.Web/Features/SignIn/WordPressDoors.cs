using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>WordPress's own doors: bookmarks lead to ours, and the form of an article behind a password is taken where themes post it.</summary>
internal static class WordPressDoors
{
    private const int MaxPasswordLength = 255;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/wp-login.php", (HttpContext http) => TypedResults.Redirect(
            LocalAddress.Of(http.Request.Query["redirect_to"], "") is { Length: > 0 } after ? $"/account/sign-in/?returnUrl={Uri.EscapeDataString(after)}" : "/account/sign-in/"));
        routes.MapPost("/wp-login.php", OpenAsync).DisableAntiforgery();
        routes.MapGet("/wp-admin/{**path}", () => TypedResults.Redirect("/newsroom/"));
    }

    /// <summary>Only what opens an article for its reader: nothing to protect with a token, and other sites' forms are refused before.</summary>
    private static async Task<IResult> OpenAsync(HttpContext http, PostPasswords passwords)
    {
        if (http.Request.Query["action"] != "postpass" || await PostedForm.ReadAsync(http) is not { } form) return TypedResults.Redirect("/account/sign-in/");
        var given = form["post_password"].ToString();
        if (given.Length is > 0 and <= MaxPasswordLength) passwords.Remember(http, given);
        return TypedResults.Redirect(LocalAddress.Of(form["redirect_to"], LocalAddress.Of(OwnReferer(http), "/")));
    }

    private static string? OwnReferer(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var referer) && string.Equals(referer.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase) ? referer.PathAndQuery : null;
}
