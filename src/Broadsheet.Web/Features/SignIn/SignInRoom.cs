using System.Net;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.SignIn.ApplicationPasswords;
using Broadsheet.Web.Features.SignIn.Devices;
using Broadsheet.Web.Features.SignIn.FromArticle;
using Broadsheet.Web.Features.SignIn.Invited;
using Broadsheet.Web.Features.SignIn.Mailed;
using Broadsheet.Web.Features.SignIn.Passkeys;
using Broadsheet.Web.Features.SignIn.Social;
using Broadsheet.Web.Features.SignIn.TwoSteps;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>How people become known here: a link that works once, or a password. And how they leave.</summary>
internal static class SignInRoom
{
    /// <param name="exempt">Networks whose tries are not counted.</param>
    public static IServiceCollection AddSignIn(this IServiceCollection services, IReadOnlyList<IPNetwork> exempt) => services
        .AddSingleton(s => Throttle(s, "sign-in", exempt)).AddSingleton<SignInWithPassword>().AddSingleton<SignInByLink>()
        .AddSingleton<MailedTokens>().AddSingleton<MailedPace>().AddSingleton<AskForMail>().AddSingleton<EnterCode>().AddSingleton<OpenMailedLink>().AddSingleton<IWriteLetters, WriteSignInLetter>()
        .AddSingleton<LeaveForm>().AddSingleton<IRecurring, ForgetKeptReplies>()
        .AddSingleton<ShowSessions>().AddSingleton<EndSessions>().AddSingleton<SetPassword>().AddSingleton<IRecurring, ForgetSessions>()
        .AddSingleton<AccountLetters>().AddSingleton<InvitationTokens>().AddSingleton<AcceptInvitation>().AddSingleton<IWriteLetters, WriteNewDeviceLetter>()
        .AddChangeLetter(MailKind.PasswordChanged).AddChangeLetter(MailKind.PasskeyAdded).AddChangeLetter(MailKind.TwoStepsOn).AddChangeLetter(MailKind.TwoStepsOff).AddChangeLetter(MailKind.LoginAdded).AddChangeLetter(MailKind.PasskeyRemoved).AddChangeLetter(MailKind.LoginRemoved).AddChangeLetter(MailKind.ApplicationPasswordMade).AddChangeLetter(MailKind.WrongPasswords)
        .AddSingleton<ShowApplicationPasswords>().AddKeyedSingleton(ApplicationSignIn.Throttle, (s, _) => Throttle(s, ApplicationSignIn.Throttle, exempt))
        .AddSingleton<PasskeyReader>().AddSingleton<PasskeyCeremonies>().AddSingleton<SignInWithPasskey>().AddSingleton<ShowPasskeys>()
        .AddSingleton<AuthenticatorCodes>().AddSingleton<ShowTwoSteps>().AddSingleton<SecondStep>();

    private static SignInThrottle Throttle(IServiceProvider services, string name, IReadOnlyList<IPNetwork> exempt) => new(name, exempt, services.GetRequiredService<ISharedCounts>(), services.GetRequiredService<TimeProvider>());

    private static IServiceCollection AddChangeLetter(this IServiceCollection services, MailKind kind) =>
        services.AddSingleton<IWriteLetters>(s => new WriteChangeLetter(kind, s.GetRequiredService<IDatabaseEngine>(), s.GetRequiredService<AccountLetters>()));

    public static void Map(IEndpointRouteBuilder routes)
    {
        var account = routes.MapForms("/account");
        SignInWithPassword.Map(account);
        SignInByLink.Map(account);
        AskForMail.Map(account);
        EnterCode.Map(account);
        OpenMailedLink.Map(account);
        AcceptInvitation.Map(account);
        SignInWithPasskey.Map(account);
        SecondStep.Map(account);
        SocialRoom.Map(routes, account);
        LeaveForm.Map(routes.MapAccount(""));
        account.MapPost("/sign-out/", async (HttpContext http, Sessions sessions) =>
        {
            await sessions.EndAsync(http);
            return TypedResults.Redirect("/");
        });
        var own = routes.MapOwn("/account");
        ShowSessions.Map(own);
        EndSessions.Map(own);
        SetPassword.Map(own);
        ShowPasskeys.Map(own);
        ShowTwoSteps.Map(own);
        ShowApplicationPasswords.Map(own);
        WordPressDoors.Map(routes);
    }
}
