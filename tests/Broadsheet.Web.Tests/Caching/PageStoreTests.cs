using Broadsheet.Web.Caching;

namespace Broadsheet.Web.Tests.Caching;

public sealed class PageStoreTests
{
    [Fact]
    public void The_memory_bound_holds_when_compressed_bodies_come_and_go()
    {
        const int Bound = 1 << 20;
        var store = new PageStore(Bound);
        for (var i = 0; i < 200; i++)
        {
            var page = Page.Of(10_000, "t");
            store.Keep("/", page, store.Generation);
            Assert.NotEmpty(store.GzipOf(page));
            store.Committed(Page.Evict("t"));
            Assert.Equal(0, store.Bytes);
        }
        for (var i = 0; i < 1_000; i++)
        {
            var page = Page.Of(10_000, "t");
            store.Keep($"/{i}", page, store.Generation);
            store.GzipOf(page);
        }

        var kept = store.Pages.Sum(p => (long)p.Identity.Length + (p.Gzip?.Length ?? 0));
        Assert.InRange(kept, Bound / 2, Bound);
        Assert.InRange(store.Bytes, kept, Bound);
        Assert.NotNull(store.Find("/999"));
    }

    [Fact]
    public void Long_keys_are_counted()
    {
        var store = new PageStore(1 << 20);
        for (var i = 0; i < 1_000; i++) store.Keep($"/?s={new string('x', 8_000)}{i}", Page.Of(10, "t"), store.Generation);

        Assert.InRange(store.Pages.Count(), 10, (1 << 20) / 16_000);
    }

    [Fact]
    public void A_body_compressed_for_a_page_that_is_gone_is_not_counted()
    {
        var store = new PageStore();
        var page = Page.Of(10_000, "t");
        store.Keep("/", page, store.Generation);
        store.Committed(Page.Evict("t"));
        store.GzipOf(page);

        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public void A_page_whose_words_changed_while_it_was_rendered_is_not_kept()
    {
        var store = new PageStore();
        var before = store.Generation;
        store.Committed(Page.Evict("article:1"));
        store.Keep("/", Page.Of(10, "lists", "article:1"), before);

        Assert.Null(store.Find("/"));
    }

    [Fact]
    public void Changes_elsewhere_while_a_page_is_rendered_do_not_keep_it_out()
    {
        var store = new PageStore();
        var before = store.Generation;
        store.Committed(Page.Evict("article:2"));
        store.Keep("/", Page.Of(10, "lists", "article:1"), before);

        Assert.False(store.Find("/")!.IsStale);
    }

    [Fact]
    public void A_soft_eviction_while_a_page_is_rendered_is_not_lost()
    {
        var store = new PageStore();
        var before = store.Generation;
        store.Committed(Page.EvictSoon("lists"));
        store.Keep("/", Page.Of(10, "lists"), before);

        Assert.True(store.Find("/")!.IsStale);
    }

    [Fact]
    public void A_hard_eviction_removes_and_a_soft_one_marks()
    {
        var store = new PageStore();
        store.Keep("/a", Page.Of(10, "article:1"), store.Generation);
        store.Keep("/b", Page.Of(10, "article:1", "lists"), store.Generation);
        store.Committed(Page.EvictSoon("lists"));
        Assert.False(store.Find("/a")!.IsStale);
        Assert.True(store.Find("/b")!.IsStale);

        store.Committed(Page.Evict("article:1"));
        Assert.Null(store.Find("/a"));
        Assert.Null(store.Find("/b"));
    }

    [Fact]
    public void After_missed_commits_nothing_stays_and_nothing_begun_before_is_kept()
    {
        var store = new PageStore();
        store.Keep("/a", Page.Of(10, "t"), store.Generation);
        var before = store.Generation;
        store.Missed();
        store.Keep("/b", Page.Of(10, "t"), before);

        Assert.Empty(store.Pages);
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public void A_storm_of_evictions_is_remembered_in_bounded_memory_and_never_forgotten_wrongly()
    {
        var store = new PageStore();
        var before = store.Generation;
        store.Committed(Page.Evict("article:0"));
        for (var i = 1; i < 50_000; i++) store.Committed(Page.Evict($"article:{i}"));
        store.Keep("/old", Page.Of(10, "article:0"), before);
        store.Keep("/new", Page.Of(10, "article:0"), store.Generation);

        Assert.Null(store.Find("/old"));
        Assert.NotNull(store.Find("/new"));
    }

    [Fact]
    public async Task Readers_at_once_compress_a_page_once()
    {
        var store = new PageStore();
        var page = Page.Of(2_000_000, "t");
        store.Keep("/", page, store.Generation);
        var bodies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.GzipOf(page))));

        Assert.All(bodies, b => Assert.Same(bodies[0], b));
        Assert.Equal(page.Bytes + 2, store.Bytes);
    }
}
