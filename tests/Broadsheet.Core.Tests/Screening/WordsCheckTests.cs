using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

public sealed class WordsCheckTests
{
    [Theory]
    [InlineData("The ferry is late", Leaning.None, "")]
    [InlineData("A c@sin0 and a ｐｏｋｅｒ table", Leaning.Hold, "It has “casino”, “poker”, which are on the list of words to look at.")]
    [InlineData("so many casinos", Leaning.Hold, "It has “casino”, which is on the list of words to look at.")]
    [InlineData("casino, v.i.a.g.r.a", Leaning.Trash, "It has “viagra”, which is on the list of refused words.")]
    [InlineData("See http://bad-shop.example/x", Leaning.Trash, "It has “bad-shop.example”, which is on the list of refused words.")]
    public async Task The_refused_words_come_first_and_all_that_was_found_is_named(string text, Leaning leaning, string reason)
    {
        var rules = new ScreeningRules(HoldAll: false, HoldFirst: false, HoldLinks: 0, ["casino", "poker"], ["viagra", "bad-shop.example"]);
        var draft = CommentDraft.Read(new CommentFields(1, null, text, "Anna", "a@b.example", ""), nameAndEmailRequired: false).Value;

        var opinion = await new WordsCheck().JudgeAsync(new CommentSubmission(draft, new CommentOrigin(null, "198.51.100.7", "Mozilla", default, default), text, 0, HoneypotFilled: false, null, IsModerator: false, HasToken: true), new ScreeningFacts(0, rules), CancellationToken.None);

        Assert.Equal((leaning, reason), (opinion.Leaning, opinion.Reason));
    }
}
