using Broadsheet.Core.People;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Where moderators decide which comments readers see.</summary>
internal static class ModerationRoom
{
    public static IServiceCollection AddModeration(this IServiceCollection services) => services.AddSingleton<ShowQueue>().AddSingleton<DecideComments>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var room = routes.MapDesk("/newsroom/comments", Permission.Moderate);
        ShowQueue.Map(room);
        DecideComments.Map(room);
    }
}
