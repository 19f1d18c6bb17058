using System.Diagnostics;
using Broadsheet.Web.Caching.Front;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.Caching.Front;

/// <summary>What a cache in front is told, when, and how often.</summary>
public sealed class FrontPurgerTests : IAsyncLifetime
{
    private readonly PurgeListener _front = new();

    public async ValueTask InitializeAsync() => await _front.StartAsync();

    public ValueTask DisposeAsync() => _front.DisposeAsync();

    [Fact]
    public async Task Changed_words_go_at_once_and_a_second_time_for_what_was_on_its_way_and_counts_go_once()
    {
        using var purger = Start();
        purger.Committed([.. Page.Evict("article:1"), .. Page.EvictSoon("lists")]);

        await Eventually.SeesAsync(() => Task.FromResult(_front.CountOf("article:1", hard: true) == 2 && _front.CountOf("lists", hard: false) == 1));
        var times = _front.Heard.Where(h => h.Tag == "article:1").Select(h => h.At).ToList();
        Assert.True(Stopwatch.GetElapsedTime(times[0], times[1]) >= PurgeSender.Again - TimeSpan.FromMilliseconds(50));
        await purger.StopAsync(CancellationToken.None);
        Assert.Equal(3, _front.Heard.Count);
    }

    [Fact]
    public async Task What_it_could_not_be_told_it_is_told_when_it_hears_again()
    {
        _front.IsDeaf = true;
        using var purger = Start();
        purger.Committed(Page.Evict("article:2"));
        await Eventually.SeesAsync(() => Task.FromResult(_front.Refused > 0));
        purger.Committed(Page.EvictSoon("home"));
        _front.IsDeaf = false;

        await Eventually.SeesAsync(() => Task.FromResult(_front.CountOf("article:2", hard: true) > 0 && _front.CountOf("home", hard: false) > 0));
        await purger.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_waits_at_the_end_is_told_before_it()
    {
        using var purger = Start();
        purger.Committed(Page.Evict("article:3"));
        await Eventually.SeesAsync(() => Task.FromResult(_front.CountOf("article:3", hard: true) == 1));

        // Its second time is due in two seconds.
        await purger.StopAsync(CancellationToken.None);

        Assert.Equal(2, _front.CountOf("article:3", hard: true));
    }

    [Fact]
    public async Task After_a_gap_every_page_is_old_and_none_is_gone()
    {
        using var purger = Start();
        purger.Missed();
        await Eventually.SeesAsync(() => Task.FromResult(_front.CountOf(FrontControl.EveryPage, hard: false) == 1));
        Assert.Equal(0, _front.CountOf(FrontControl.EveryPage, hard: true));
        await purger.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Long_lists_of_tags_are_sent_in_pieces_that_servers_take()
    {
        using var purger = Start();
        purger.Committed(Page.Evict([.. Enumerable.Range(1, 1_500).Select(i => $"article:{i}")]));
        await Eventually.SeesAsync(() => Task.FromResult(Enumerable.Range(1, 1_500).All(i => _front.CountOf($"article:{i}", hard: true) > 0)));
        await purger.StopAsync(CancellationToken.None);
    }

    private FrontPurger Start()
    {
        var purger = new FrontPurger(new FrontOptions(TimeSpan.FromSeconds(60), [new Uri(_front.Url)]), NullLogger<FrontPurger>.Instance);
        purger.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        return purger;
    }
}
