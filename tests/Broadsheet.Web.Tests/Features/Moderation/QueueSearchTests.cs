using Broadsheet.Web.Features.Moderation;

namespace Broadsheet.Web.Tests.Features.Moderation;

public sealed class QueueSearchTests
{
    [Fact]
    public void Words_and_terms_are_told_apart()
    {
        var search = QueueSearch.Parse("  cheap \"blue watches\" name:\"Ann Reader\" check:links http://x.example nonsense:1 email: ");

        Assert.Equal(["cheap", "blue watches", "http://x.example", "nonsense:1"], search.Words);
        Assert.Equal([new("name", "Ann Reader"), new("check", "links")], search.Terms);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("\"\"")]
    public void Nothing_finds_everything(string? typed) => Assert.True(QueueSearch.Parse(typed).IsEmpty);

    [Fact]
    public void A_quote_that_is_never_closed_and_very_much_text_are_borne()
    {
        Assert.Equal(["so it goes"], QueueSearch.Parse("\"so it goes").Words);
        Assert.True(QueueSearch.Parse(string.Join(' ', Enumerable.Repeat("word", 10_000))).Words.Count <= 12);
    }

    [Fact]
    public void A_term_of_a_card_is_read_as_it_was_written() => Assert.Equal([new("name", "Ann Reader")], QueueSearch.Parse(QueueSearch.Term("name", "Ann \"Reader\"")).Terms);
}
