using System.Globalization;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Caching.Front;
using Broadsheet.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.Caching.Front;

public sealed class FrontControlTests
{
    private readonly FrontControl _front = new(new FrontOptions(TimeSpan.FromSeconds(60), []), TimeProvider.System);

    [Fact]
    public void A_page_may_be_kept_in_front_while_browsers_ask_each_time()
    {
        var page = PageUntil(null);
        Assert.Equal("public, max-age=0, s-maxage=60, stale-while-revalidate=10, stale-if-error=86400", _front.Of(page));
        var keys = Assert.Single(page.Headers, h => h.Key == "Surrogate-Key").Value.ToString();
        Assert.Equal("page article:1 home", keys);
    }

    [Fact]
    public void A_page_that_waits_to_be_rendered_anew_is_kept_for_as_long_as_it_waits()
    {
        var page = PageUntil(null);
        page.MarkStale();
        Assert.Contains($"s-maxage={PageStore.SoftInterval.TotalSeconds},", _front.Of(page).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, 60)]
    [InlineData(40, 30)]
    [InlineData(10, 0)]
    [InlineData(-5, 0)]
    public void A_page_that_the_clock_makes_wrong_is_gone_in_front_by_then_too(int secondsLeft, int fresh)
    {
        var control = _front.Of(PageUntil(TimeProvider.System.GetUtcNow().AddSeconds(secondsLeft))).ToString();
        if (fresh == 0)
        {
            Assert.Equal("no-cache", control);
            return;
        }
        var given = int.Parse(control.Split("s-maxage=")[1].Split(',')[0], CultureInfo.InvariantCulture);
        Assert.InRange(given, fresh - 2, fresh);
    }

    [Theory]
    [InlineData("Cache:Front:Seconds", "0")]
    [InlineData("Cache:Front:Seconds", "3601")]
    [InlineData("Cache:Front:Seconds", "a while")]
    [InlineData("Cache:Front:Purge", "127.0.0.1:6082")]
    [InlineData("Cache:Front:Purge", "http://127.0.0.1:6082, ftp://cache")]
    public void A_wrong_value_stops_the_start_and_names_its_key(string key, string value) =>
        Assert.Equal(key, SiteOptions.Read(Configuration((key, value)), ".").Problem?.Field);

    [Fact]
    public void Where_nothing_is_configured_there_is_no_cache_in_front()
    {
        Assert.Null(SiteOptions.Read(Configuration(), ".").Value.Front);
        var two = SiteOptions.Read(Configuration(("Cache:Front:Purge", "http://10.0.0.1:6082, http://10.0.0.2:6082")), ".").Value.Front!;
        Assert.Equal((TimeSpan.FromSeconds(60), 2), (two.Fresh, two.Purge.Count));
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] keys) => new ConfigurationBuilder().AddInMemoryCollection(keys.Select(k => KeyValuePair.Create(k.Key, (string?)k.Value))).Build();

    private CachedPage PageUntil(DateTimeOffset? until) => CachedPage.Of("text/html", [], [1, 2, 3], ["article:1", "home"], isForGuests: false, until, _front);
}
