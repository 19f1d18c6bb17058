using Broadsheet.Web.Caching.Front;

namespace Broadsheet.Web.Tests.Caching.Front;

public sealed class PurgeQueueTests
{
    private readonly PurgeQueue _queue = new();

    [Fact]
    public void A_tag_goes_once_and_hard_where_anyone_said_so()
    {
        _queue.Add([.. Page.Evict("thread:1"), .. Page.EvictSoon("thread:1", "lists", "lists")]);
        _queue.Add([.. Page.EvictSoon("home"), .. Page.Evict("home")]);

        var purge = _queue.Take();

        Assert.Equal(["home", "thread:1"], purge.Hard.Order(StringComparer.Ordinal));
        Assert.Equal(["lists"], purge.Soft);
        Assert.True(_queue.Take().IsEmpty);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Too_many_tags_become_every_page_and_stay_hard_where_one_was(bool hard)
    {
        var many = Enumerable.Range(1, 2_500).Select(i => $"article:{i}").ToArray();
        _queue.Add(Page.EvictSoon(many));
        if (hard) _queue.Add(Page.Evict("thread:1"));
        _queue.Add(Page.EvictSoon(many));

        var purge = _queue.Take();

        Assert.True(purge.Hard.Count + purge.Soft.Count <= 2_000);
        Assert.Contains(FrontControl.EveryPage, hard ? purge.Hard : purge.Soft);
    }

    [Fact]
    public void What_comes_back_is_told_with_what_came_meanwhile()
    {
        _queue.Add(Page.Evict("thread:1"));
        var failed = _queue.Take();
        _queue.Add(Page.EvictSoon("thread:1", "home"));
        _queue.Add(failed);

        var purge = _queue.Take();

        Assert.Equal(["thread:1"], purge.Hard);
        Assert.Equal(["home"], purge.Soft);
    }
}
