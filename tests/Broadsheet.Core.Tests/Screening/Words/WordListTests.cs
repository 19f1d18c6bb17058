using Broadsheet.Core.Screening.Words;
using Broadsheet.Core.Tests.Text;

namespace Broadsheet.Core.Tests.Screening.Words;

public sealed class WordListTests
{
    [Fact]
    public void A_list_is_read_line_by_line_and_says_what_it_cannot_use()
    {
        var list = WordList.Read($"\uFEFF# ours\r\ncasino\r\n\r\n  Casino \r\nx\r\n赌\r\n\u200B\u200D\r\n{new string('w', 201)}\r\ncheap flights");

        Assert.Equal(["casino", "赌", "cheap flights"], list.Entries);
        Assert.Equal([5, 7, 8], list.Problems.Select(p => p.Line));
        Assert.Equal("Line 5: “x” is too short: it would be found in nearly every comment.", list.Problems[0].ToString());
    }

    [Fact]
    public void A_published_list_of_65000_entries_is_read_and_finds_nothing_in_plain_words()
    {
        var list = WordList.Read(File.ReadAllText(Path.Combine(SharedData.Folder("spam"), "lists", "splorp-blacklist.txt")));
        var matcher = WordMatcher.Of(list.Entries, WordBorders.Anywhere);

        Assert.InRange(list.Entries.Count, 60_000, 65_371);
        Assert.InRange(matcher.Size * 18, 1, 16 << 20);
        Assert.Empty(matcher.Find("I walked down to the harbour this morning, and the new wall is higher than they said."));
        Assert.NotEmpty(matcher.Find("buy viagra online"));
    }
}
