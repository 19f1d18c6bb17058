using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Moderation.Akismet;
using Broadsheet.Web.Features.Moderation.Bulk;
using Broadsheet.Web.Features.Moderation.Commenters;
using Broadsheet.Web.Features.Moderation.Legal;
using Broadsheet.Web.Features.Moderation.Letters;
using Broadsheet.Web.Features.Moderation.Live;
using Broadsheet.Web.Features.Moderation.Models;
using Broadsheet.Web.Features.Moderation.Numbers;
using Broadsheet.Web.Features.Moderation.Rules;
using Broadsheet.Web.Features.Moderation.Webhook;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Where moderators decide which comments readers see.</summary>
internal static class ModerationRoom
{
    /// <param name="akismet">Null: it is not asked.</param>
    /// <param name="webhook">Null: no server of the operator's is asked.</param>
    public static IServiceCollection AddModeration(this IServiceCollection services, AkismetOptions? akismet, WebhookOptions? webhook)
    {
        AddDesk(services);
        AddLetters(services);
        // Read when the first comment comes, not at the start.
        services.AddSingleton(s => new Lazy<BaseModels>(() => BaseModels.Load(AppContext.BaseDirectory, line => ModelLog.NotUsed(s.GetRequiredService<ILogger<BaseModels>>(), line))));
        services.AddSingleton<LearnedModels>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<LearnedModels>()).AddHostedService(s => s.GetRequiredService<LearnedModels>()).AddSingleton<IJob, LearnFromDecisions>();
        services.AddSingleton<TryComment>().AddSingleton<ChangeScreening>().AddSingleton<IRecurring, PurgeRejected>().AddSingleton<StoredSubmissions>();
        if (akismet is not null) services.AddSingleton(akismet).AddSingleton<AkismetClient>().AddSingleton<AkismetCheck>().AddSingleton<IRecurring, VerifyAkismet>();
        if (webhook is not null) services.AddSingleton(webhook).AddSingleton<WebhookCheck>();
        // What was asked for while there was a key is taken from the outbox without one, too.
        services.AddSingleton<IJob>(s => new TellAkismet(s.GetRequiredService<IDatabaseEngine>(), s.GetRequiredService<StoredSubmissions>(), s.GetService<AkismetClient>()));
        services.AddSingleton<IJob>(s => new AskAgain(s.GetRequiredService<IDatabaseEngine>(), s.GetRequiredService<Writes>(), s.GetRequiredService<PublicationStore>(), s.GetRequiredService<StoredSubmissions>(), s.GetService<AkismetCheck>()));
        return services.AddSingleton(new OutsideScreening(Services(akismet, webhook)));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        ShowNumbers.Map(routes);
        var room = routes.MapDesk("/newsroom/comments", Permission.Moderate);
        ShowQueue.Map(room);
        ShowComment.Map(room);
        DecideComments.Map(room);
        DecideAll.Map(room);
        WatchQueue.Map(room);
        ShowLog.Map(room);
        ShowLoad.Map(room);
        ShowNotices.Map(room);
        ChooseMail.Map(room);
        BanSomebody.Map(room);
        ShowCommenter.Map(room);
        ChangeScreening.Map(routes.MapDesk("/newsroom/settings/screening", Permission.ChangeSettings));
    }

    private static void AddDesk(IServiceCollection services) => services
        .AddSingleton<ShowQueue>().AddSingleton<ShowComment>().AddSingleton<DecideComments>().AddSingleton<CheckTitles>().AddSingleton<ShowLog>().AddSingleton<ShowLoad>().AddSingleton<ShowNotices>().AddSingleton<ShowNumbers>().AddSingleton<ChooseMail>()
        .AddSingleton<BanSomebody>().AddSingleton<ShowCommenter>().AddSingleton<DecideAll>().AddSingleton<IJob, DecideMany>().AddSingleton<IJob, ScreenMany>().AddSingleton<IRecurring, FoldQueues>().AddSingleton<IRecurring, FoldLessons>().AddSingleton<IRecurring, CountDays>()
        .AddSingleton<DeskNews>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<DeskNews>()).AddSingleton<WatchQueue>();

    private static void AddLetters(IServiceCollection services)
    {
        services.AddSingleton<IRecurring, TellOfHeld>().AddSingleton<IWriteLetters, WriteHeldLetter>().AddSingleton<IWriteLetters, WriteAppealLetter>().AddSingleton<IWriteLetters, WriteWarningLetter>().AddSingleton<IWriteLetters, WriteBanLetter>().AddSingleton<IWriteLetters, WriteReportLetter>();
        foreach (var kind in new[] { MailKind.NoticeReceived, MailKind.NoticeAnswered, MailKind.StatementOfReasons })
            services.AddSingleton<IWriteLetters>(s => new WriteNoticeLetter(kind, s.GetRequiredService<IDatabaseEngine>(), s.GetRequiredService<AccountLetters>()));
    }

    private static List<OutsideService> Services(AkismetOptions? akismet, WebhookOptions? webhook)
    {
        var services = new List<OutsideService>();
        if (akismet is not null) services.Add(new OutsideService(AkismetLedger.CheckName, "Akismet", akismet.Endpoint.Host, "https://automattic.com/privacy-notice/"));
        if (webhook is not null) services.Add(new OutsideService(WebhookCheck.CheckName, webhook.Url.Host, webhook.Url.Host, ""));
        return services;
    }
}
