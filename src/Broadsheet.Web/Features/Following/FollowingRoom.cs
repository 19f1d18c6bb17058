using Broadsheet.Web.Features.Following.Letters;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Following;

/// <summary>Discussions and new articles by e-mail: asking, confirming, changing, ending, and the mail itself.</summary>
internal static class FollowingRoom
{
    public static IServiceCollection AddFollowing(this IServiceCollection services) => services
        .AddSingleton<FollowTokens>().AddSingleton<FollowPages>().AddSingleton<IShowAddress, ShowFollowPage>()
        .AddSingleton<AskToFollow>().AddSingleton<ConfirmFollowing>().AddSingleton<ManageFollowing>().AddSingleton<EndFollowing>()
        .AddSingleton<IJob, NotifyComment>().AddSingleton<IJob, NotifyArticle>().AddSingleton<IRecurring, GatherDigests>().AddSingleton<IRecurring, GatherCrowds>()
        .AddSingleton<LetterDesk>().AddSingleton<IWriteLetters, WriteConfirmation>().AddSingleton<IWriteLetters, WriteOfComment>().AddSingleton<IWriteLetters, WriteOfArticle>().AddSingleton<IWriteLetters, WriteDigest>().AddSingleton<IWriteLetters, WriteHourly>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        AskToFollow.Map(routes);
        ConfirmFollowing.Map(routes);
        ManageFollowing.Map(routes);
        EndFollowing.Map(routes);
    }
}
