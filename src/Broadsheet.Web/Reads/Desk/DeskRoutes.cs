using Broadsheet.Core.People;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>Groups of routes for staff and for accounts: nothing is stored by browsers, every form carries a token, and words are kept whatever happens.</summary>
internal static class DeskRoutes
{
    /// <summary>A form with a picture may be a little larger than the picture.</summary>
    public const long LargestForm = 34L << 20;

    /// <summary>Pages below <c>/newsroom</c>.</summary>
    /// <param name="needs">Null: every member of staff.</param>
    public static RouteGroupBuilder MapDesk(this IEndpointRouteBuilder routes, string prefix, Permission? needs)
    {
        var group = routes.MapAccount(prefix);
        group.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<DeskGuard>().LetStaffInAsync(context, needs, next));
        group.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<DeskGuard>().CheckFormAsync(context, next));
        return group;
    }

    /// <summary>Pages for whoever comes, with forms that carry a token.</summary>
    public static RouteGroupBuilder MapForms(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapAccount(prefix);
        group.AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<DeskGuard>().CheckFormAsync(context, next));
        return group;
    }

    /// <summary>Pages of one's own account: whoever is not signed in is asked for that first, and comes back, or gets their words back; not told that a form has run out.</summary>
    public static RouteGroupBuilder MapOwn(this IEndpointRouteBuilder routes, string prefix)
    {
        var door = routes.MapGroup("");
        door.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (CurrentPerson.Of(http) is not null) return await next(context);
            return HttpMethods.IsGet(http.Request.Method) ? TypedResults.Redirect($"/account/sign-in/?returnUrl={Uri.EscapeDataString($"{http.Request.Path}{http.Request.QueryString}")}")
                : await http.RequestServices.GetRequiredService<DeskGuard>().SignedOutAsync(http);
        });
        return door.MapForms(prefix);
    }

    /// <summary>The same without the check of a token: for what is posted from public pages, which carry none.</summary>
    public static RouteGroupBuilder MapAccount(this IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        group.WithMetadata(new SizeLimit(LargestForm));
        group.AddEndpointFilter((context, next) =>
        {
            // At the last moment, since the antiforgery token writes a header of its own.
            context.HttpContext.Response.OnStarting(static state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.CacheControl = "private, no-store";
                // The component renderer's word to a script that these pages do not load.
                headers.Remove("blazor-enhanced-nav");
                return Task.CompletedTask;
            }, context.HttpContext.Response);
            return next(context);
        });
        return group;
    }

    /// <summary>What a request to these routes may bring, in bytes.</summary>
    internal sealed class SizeLimit(long most) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => most;
    }
}
