namespace Broadsheet.Web.Caching;

/// <summary>What the page being rendered says of its own caching. Only a rendering for nobody has one.</summary>
internal sealed class CacheRequest
{
    public HashSet<string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Someone who is signed in is shown another page, with script too.</summary>
    public bool IsForGuests { get; set; }

    /// <summary>What it says becomes wrong by the clock alone; null for never.</summary>
    public DateTimeOffset? Until { get; set; }
}

internal static class PageCacheExtensions
{
    /// <summary>This response is the same for every reader; it holds until one of <paramref name="tags"/> is evicted. Without effect where it is rendered for one reader.</summary>
    public static void MayCache(this HttpContext http, params IEnumerable<string> tags) => http.Features.Get<CacheRequest>()?.Tags.UnionWith(tags);

    /// <summary>This response is the same for every guest; whoever is signed in gets their own.</summary>
    public static void OnlyForGuests(this HttpContext http)
    {
        if (http.Features.Get<CacheRequest>() is { } request) request.IsForGuests = true;
    }

    /// <summary>This response holds until <paramref name="moment"/> at most.</summary>
    public static void MayCacheUntil(this HttpContext http, DateTimeOffset moment)
    {
        if (http.Features.Get<CacheRequest>() is { } request && !(request.Until <= moment)) request.Until = moment;
    }
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

    /// <summary>An article's discussion: evicted by its comments, where the article itself has not changed.</summary>
    public static string Thread(long id) => $"thread:{id}";

    /// <summary>Pages beside an article that name it or stand and fall with it: its neighbours, its attachments. Not evicted by its comments.</summary>
    public static string Link(long id) => $"link:{id}";
}
