using Broadsheet.Core.Stats;

namespace Broadsheet.Core.Tests.Stats;

public sealed class ViewSourceTests
{
    [Theory]
    [InlineData("https://www.search.example/find?q=secret+words", "search.example")]
    [InlineData("http://News.Example:8080/a/b#c", "news.example")]
    [InlineData("https://xn--bcher-kva.example/", "xn--bcher-kva.example")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    [InlineData("android-app://com.reader.example/", "com.reader.example")]
    [InlineData("https://user:pass@host.example/", "host.example")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("about:blank", "")]
    [InlineData("file:///home/somebody/page.html", "")]
    [InlineData("no address", "")]
    [InlineData("https://paper.example/2020/02/20/an-article/", null)]
    [InlineData("https://www.paper.example", null)]
    [InlineData("https://OLD.example/", null)]
    public void Only_the_host_is_kept_and_our_own_pages_are_none(string? referrer, string? source) => Assert.Equal(source, ViewSource.Of(referrer, ["paper.example", "www.old.example"]));

    [Fact]
    public void A_host_without_end_is_cut() => Assert.Equal(ViewSource.MaxLength, ViewSource.Of($"https://{string.Join('.', Enumerable.Repeat("abcdefgh", 20))}.example/", [])!.Length);
}
