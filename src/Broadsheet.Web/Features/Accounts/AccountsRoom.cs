using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>What somebody who is signed in sees and decides of their own account.</summary>
internal static class AccountsRoom
{
    public const string Page = "/account/";

    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<ShowAccount>().AddSingleton<UploadPicture>().AddSingleton<RemovePicture>().AddSingleton<NameAmongLikers>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Outside of the forms' own guard: who is not signed in is asked for that, not told that a form has run out.
        var account = routes.MapGroup("");
        account.AddEndpointFilter(async (context, next) =>
            CurrentPerson.Of(context.HttpContext) is null ? TypedResults.Redirect($"/account/sign-in/?returnUrl={Uri.EscapeDataString(Page)}") : await next(context));
        var forms = account.MapForms("/account");
        ShowAccount.Map(forms);
        UploadPicture.Map(forms);
        RemovePicture.Map(forms);
        NameAmongLikers.Map(forms);
    }
}
