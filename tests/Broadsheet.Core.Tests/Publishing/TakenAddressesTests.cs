using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class TakenAddressesTests
{
    [Theory]
    [InlineData("/category/%postname%/", "/category/")]
    [InlineData("/Category/news/%postname%/", "categories")]
    [InlineData("/index.php/tag/%postname%/", "tags")]
    [InlineData("/newsroom/%postname%/", "the newsroom")]
    [InlineData("/Account/%postname%/", "accounts")]
    [InlineData("/wp-content/uploads/%postname%/", "uploads")]
    [InlineData("/wp-json/%postname%/", "/wp-json/")]
    [InlineData("/author/%postname%/", "authors")]
    [InlineData("/page/%postname%/", "front page")]
    [InlineData("/feed/%postname%/", "feeds")]
    [InlineData("/comments/%postname%/", "comments")]
    [InlineData("/search/%postname%/", "search")]
    [InlineData("/%postname%/feed/", "something else")]
    [InlineData("/2024/%monthnum%/%day%/page/%post_id%/", "something else")]
    [InlineData("/a?b=%postname%", "none of")]
    public void What_belongs_to_something_else_is_refused_and_named(string structure, string named) =>
        Assert.Contains(named, TakenAddresses.Check(PermalinkStructure.Parse(structure).Value, "category", "tag")!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/topics/%postname%/", "topics", "tag", "categories")]
    [InlineData("/all/words/%postname%/", "category", "/all/words/", "tags")]
    public void So_is_what_begins_with_a_base_that_is_set_otherwise(string structure, string categoryBase, string tagBase, string named) =>
        Assert.Contains(named, TakenAddresses.Check(PermalinkStructure.Parse(structure).Value, categoryBase, tagBase)!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("/%postname%/")]
    [InlineData("/%postname%")]
    [InlineData("/category-%postname%/")]
    [InlineData("/news/author/%postname%/")]
    [InlineData("/archives/%post_id%")]
    [InlineData("/%category%/%postname%/")]
    [InlineData("/%author%/%postname%/")]
    [InlineData("/%postname%/%day%/")]
    [InlineData("/index.php/%year%/%monthnum%/%day%/%postname%/")]
    [InlineData("/news/%post_id%/%postname%.html")]
    public void Others_are_taken(string structure) => Assert.Null(TakenAddresses.Check(PermalinkStructure.Parse(structure).Value, "category", "tag"));
}
