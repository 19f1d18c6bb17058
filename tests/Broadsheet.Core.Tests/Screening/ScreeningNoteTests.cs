using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

public sealed class ScreeningNoteTests
{
    [Fact]
    public void Other_words_change_nothing_of_how_a_comment_was_sent()
    {
        var before = Note(("work", "It came during a flood."), ("honeypot", "A hidden field was filled."), ("links", "It has 3 links."));
        var after = Note(("words", "It has “lantern”."));

        var results = ScreeningNote.Read(ScreeningNote.OfChanged(before, after));

        Assert.Equal(["work", "honeypot", "words"], results.Select(r => r.Check));
        Assert.Null(ScreeningNote.OfChanged(null, null));
        Assert.Equal(after, ScreeningNote.OfChanged(null, after));
    }

    private static string Note(params (string Check, string Reason)[] results) => ScreeningNote.Write([.. results.Select(r => new CheckResult(r.Check, Leaning.Hold, r.Reason, CheckMode.Act, 1))])!;
}
