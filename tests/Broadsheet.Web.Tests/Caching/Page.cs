using Broadsheet.Web.Caching;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>Pages and evictions for the tests of the store.</summary>
internal static class Page
{
    public static CachedPage Of(int bytes, params string[] tags) => CachedPage.Of("text/html", [], Words(bytes), tags, isForGuests: false);

    public static IReadOnlyList<Eviction> Evict(params string[] tags) => [.. tags.Select(t => new Eviction { Tag = t, Hard = true })];

    public static IReadOnlyList<Eviction> EvictSoon(params string[] tags) => [.. tags.Select(t => new Eviction { Tag = t, Hard = false })];

    /// <summary>Bytes that do not compress well.</summary>
    private static byte[] Words(int bytes)
    {
        var words = new byte[bytes];
        for (var i = 0; i < bytes; i++) words[i] = (byte)((i * 2_654_435_761u) >> 24);
        return words;
    }
}
