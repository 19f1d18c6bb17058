namespace Broadsheet.Web.Features.Feeds;

/// <summary>The feeds' addresses of long ago.</summary>
internal static class OldFeedAddresses
{
    private static readonly (string Old, string Feed)[] Addresses =
    [
        ("/wp-rss2.php", "/feed/"), ("/wp-rss.php", "/feed/"), ("/wp-feed.php", "/feed/"), ("/wp-rdf.php", "/feed/rdf/"), ("/wp-atom.php", "/feed/atom/"), ("/wp-commentsrss2.php", "/comments/feed/"),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (old, feed) in Addresses) routes.MapGet(old, () => TypedResults.Redirect(feed, permanent: true));
    }
}
