using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Mail;

internal static class MailRoom
{
    /// <param name="folder">Where letters become files while no mail server is configured.</param>
    public static IServiceCollection AddMail(this IServiceCollection services, MailOptions options, string folder) => services
        .AddSingleton(options).AddSingleton<IMailer>(s => options.Host is null ? new FolderMailer(options, folder, s.GetRequiredService<TimeProvider>()) : new SmtpMailer(options))
        .AddSingleton<IRecurring, SendMails>().AddSingleton<IRecurring, ForgetMails>();
}
