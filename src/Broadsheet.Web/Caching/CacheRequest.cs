namespace Broadsheet.Web.Caching;

/// <summary>What the page being rendered says of its own caching.</summary>
internal sealed class CacheRequest
{
    public HashSet<string> Tags { get; } = new(StringComparer.Ordinal);
}

internal static class PageCacheExtensions
{
    /// <summary>This response is the same for every reader; it holds until one of <paramref name="tags"/> is evicted. Without effect where the request is some reader's own.</summary>
    public static void MayCache(this HttpContext http, params IEnumerable<string> tags) => http.Features.Get<CacheRequest>()?.Tags.UnionWith(tags);
}

/// <summary>The tags that pages carry and writes evict.</summary>
internal static class CacheTags
{
    /// <summary>The first pages of lists and everything that shows what is newest.</summary>
    public const string Home = "home";

    /// <summary>Every list of articles, deep pages too.</summary>
    public const string Lists = "lists";

    /// <summary>The publication's comments in one stream.</summary>
    public const string Comments = "comments";

    public static string Article(long id) => $"article:{id}";

    public static string Term(long id) => $"term:{id}";

    public static string Author(long id) => $"author:{id}";
}
