using Broadsheet.Core.People;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Stats;

/// <summary>How much is read, and what: counted here, of nobody in particular.</summary>
internal static class StatsRoom
{
    public static IServiceCollection AddStats(this IServiceCollection services, Countries countries) => services
        .AddSingleton(_ => countries).AddSingleton<ViewCounts>().AddSingleton<CountView>().AddSingleton<ShowStats>()
        .AddSingleton<WriteCounts>().AddSingleton<IRecurring>(s => s.GetRequiredService<WriteCounts>()).AddHostedService(s => s.GetRequiredService<WriteCounts>()).AddSingleton<IRecurring, FoldStats>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        CountView.Map(routes);
        ShowStats.Map(routes.MapDesk("/newsroom/statistics", Permission.WriteDrafts));
    }
}
