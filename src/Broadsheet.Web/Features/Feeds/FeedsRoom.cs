using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>Feeds, sitemaps, robots: what programs read of the publication.</summary>
internal static class FeedsRoom
{
    public static IServiceCollection AddFeeds(this IServiceCollection services) => services.AddSingleton<IShowAddress, ShowFeed>();

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        Sitemaps.Map(routes);
        SitemapStyle.Map(routes);
        Discovery.Map(routes);
        OldFeedAddresses.Map(routes);
    }
}
