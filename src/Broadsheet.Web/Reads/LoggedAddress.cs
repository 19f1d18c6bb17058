namespace Broadsheet.Web.Reads;

/// <summary>A request's address as a log may have it: without the secrets that some addresses carry.</summary>
internal static class LoggedAddress
{
    /// <summary>What stands below these signs someone in, makes them staff, shows a draft, changes what mail they get, or lets a hub be heard.</summary>
    private static readonly PathString[] Secret = ["/account/sign-in/link", "/account/sign-in/mail", "/account/invitation", "/preview", "/websub", "/setup", "/follow/confirm", "/follow/manage", "/follow/end"];

    public static string Of(HttpContext http)
    {
        foreach (var prefix in Secret)
            if (http.Request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is { Length: > 1 }) return $"{prefix}/…";
        return http.Request.Path.Value ?? "/";
    }
}
