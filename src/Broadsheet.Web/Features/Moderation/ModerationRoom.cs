using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Moderation.Bulk;
using Broadsheet.Web.Features.Moderation.Legal;
using Broadsheet.Web.Features.Moderation.Letters;
using Broadsheet.Web.Features.Moderation.Live;
using Broadsheet.Web.Features.Moderation.Numbers;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Where moderators decide which comments readers see.</summary>
internal static class ModerationRoom
{
    public static IServiceCollection AddModeration(this IServiceCollection services) => services
        .AddSingleton<ShowQueue>().AddSingleton<ShowComment>().AddSingleton<DecideComments>().AddSingleton<ShowLog>().AddSingleton<ShowLoad>().AddSingleton<ShowNotices>().AddSingleton<ShowNumbers>().AddSingleton<ChooseMail>()
        .AddSingleton<DecideAll>().AddSingleton<IJob, DecideMany>().AddSingleton<IRecurring, FoldQueues>().AddSingleton<IRecurring, CountDays>()
        .AddSingleton<DeskNews>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<DeskNews>()).AddSingleton<WatchQueue>()
        .AddSingleton<IRecurring, TellOfHeld>().AddSingleton<IWriteLetters, WriteHeldLetter>().AddSingleton<IWriteLetters, WriteAppealLetter>()
        .AddSingleton(s => OfNotice(s, MailKind.NoticeReceived)).AddSingleton(s => OfNotice(s, MailKind.NoticeAnswered)).AddSingleton(s => OfNotice(s, MailKind.StatementOfReasons));

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
    }

    private static IWriteLetters OfNotice(IServiceProvider services, MailKind kind) => new WriteNoticeLetter(kind, services.GetRequiredService<IDatabaseEngine>(), services.GetRequiredService<AccountLetters>());
}
