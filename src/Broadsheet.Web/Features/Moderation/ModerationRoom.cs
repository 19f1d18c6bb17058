using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Moderation.Bulk;
using Broadsheet.Web.Features.Moderation.Live;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Where moderators decide which comments readers see.</summary>
internal static class ModerationRoom
{
    public static IServiceCollection AddModeration(this IServiceCollection services) => services
        .AddSingleton<ShowQueue>().AddSingleton<ShowComment>().AddSingleton<DecideComments>().AddSingleton<ShowLog>().AddSingleton<ShowLoad>()
        .AddSingleton<DecideAll>().AddSingleton<IJob, DecideMany>().AddSingleton<IRecurring, FoldQueues>()
        .AddSingleton<DeskNews>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<DeskNews>()).AddSingleton<WatchQueue>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var room = routes.MapDesk("/newsroom/comments", Permission.Moderate);
        ShowQueue.Map(room);
        ShowComment.Map(room);
        DecideComments.Map(room);
        DecideAll.Map(room);
        WatchQueue.Map(room);
        ShowLog.Map(room);
        ShowLoad.Map(room);
    }
}
