using Broadsheet.Web.Features.Accounts.Leaving;
using Broadsheet.Web.Features.Accounts.MyData;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>What somebody who is signed in sees and decides of their own account.</summary>
internal static class AccountsRoom
{
    public const string Page = "/account/";

    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<ShowAccount>().AddSingleton<UploadPicture>().AddSingleton<RemovePicture>().AddSingleton<NameAmongLikers>()
            .AddSingleton<ChangeProfile>().AddSingleton<ShowOwnComments>().AddSingleton<ShowOwnReports>().AddSingleton<ClaimComments>().AddSingleton<IJob, SpreadProfile>().AddSingleton<ShowReader>().AddSingleton<RemoveLogin>()
            .AddSingleton<Leave>().AddSingleton<IRecurring, ForgetPeople>().AddSingleton<IRecurring, ForgetAddresses>().AddSingleton<IWriteLetters, WriteLeavingLetter>().AddSingleton<DownloadMyData>().AddSingleton<ReadWarnings>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapOwn("/account");
        ShowAccount.Map(forms);
        UploadPicture.Map(forms);
        RemovePicture.Map(forms);
        NameAmongLikers.Map(forms);
        ChangeProfile.Map(forms);
        ShowOwnComments.Map(forms);
        ShowOwnReports.Map(forms);
        ClaimComments.Map(forms);
        Leave.Map(forms);
        DownloadMyData.Map(forms);
        ShowReader.Map(routes);
        RemoveLogin.Map(forms);
        ReadWarnings.Map(forms);
    }
}
