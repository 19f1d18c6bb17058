using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Discussion.Avatars;
using Broadsheet.Web.Features.Discussion.Live;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;
using IPNetwork = System.Net.IPNetwork;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>What readers do under an article.</summary>
internal static class DiscussionRoom
{
    /// <param name="exempt">Networks that no limit touches.</param>
    public static IServiceCollection AddDiscussion(this IServiceCollection services, IReadOnlyList<IPNetwork> exempt) => services
        .AddSingleton(services => new FloodGate(services.GetRequiredService<IDatabaseEngine>(), exempt)).AddSingleton<DiscussionFinder>().AddSingleton<DiscussionPages>().AddSingleton<CommentMeter>().AddSingleton<JudgeComment>()
        .AddSingleton<PostComment>().AddSingleton<ShowCommentPrivacy>().AddSingleton<ShowGuidelines>().AddSingleton<LikeIt>().AddSingleton<ShowLikes>().AddSingleton<ReportComment>().AddSingleton<ChangeComment>().AddSingleton<MuteAuthor>().AddSingleton<AppealComment>().AddSingleton<GiveNotice>().AddSingleton<AskForCorrection>().AddSingleton<FeatureComment>()
        .AddSingleton<IRecurring, ForgetLikes>().AddSingleton<IRecurring, FetchAvatars>()
        .AddSingleton<LiveHub>().AddSingleton<ICommitObserver>(s => s.GetRequiredService<LiveHub>()).AddHostedService(s => s.GetRequiredService<LiveHub>());

    public static void Map(IEndpointRouteBuilder routes)
    {
        PostComment.Map(routes);
        ShowMe.Map(routes);
        AskForWork.Map(routes);
        LikeIt.Map(routes);
        ShowLikes.Map(routes);
        ReportComment.Map(routes);
        ChangeComment.Map(routes);
        MuteAuthor.Map(routes);
        AppealComment.Map(routes);
        GiveNotice.Map(routes);
        AskForCorrection.Map(routes);
        FeatureComment.Map(routes);
        NoteVisit.Map(routes);
        ShowCommentPrivacy.Map(routes);
        ShowGuidelines.Map(routes);
        WatchDiscussion.Map(routes);
        ShowAvatar.Map(routes);
    }
}
