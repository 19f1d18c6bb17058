using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Tests.Text;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Screening;

public sealed class WordMaskTests
{
    private static readonly string[] Words = ["damn", "go to hell", "r&d", "crétin"];

    [Theory]
    [InlineData("Nothing to mask.", "<p>Nothing to mask.</p>")]
    [InlineData("Damn! And damn.", "<p>D•••! And d•••.</p>")]
    [InlineData("A damnation is another word.", "<p>A damnation is another word.</p>")]
    [InlineData("d@mn, d.a.m.n", "<p>d•••, d•••</p>")]
    [InlineData("Go to *hell* now", "<p>G•••<em></em> now</p>")]
    [InlineData("da<b>m</b>n it", "<p>d•••<b></b> it</p>")]
    [InlineData("The R&D of it", "<p>The R••• of it</p>")]
    [InlineData("Un crétin, un cre\u0301tin", "<p>Un c•••, un c•••</p>")]
    [InlineData("go to\nhell", "<p>g•••<br></p>")]
    [InlineData("1 < 2 & damn", "<p>1 &lt; 2 &amp; d•••</p>")]
    public void Readers_see_a_letter_and_dots(string written, string shown) => Assert.Equal(shown, WordMask.Of(CommentText.Render(written), Words).Value);

    [Fact]
    public void An_address_stays_and_its_words_do_not()
    {
        var masked = WordMask.Of(CommentText.Render("See <a href=\"https://damn.example/\">the damn page</a>"), Words).Value;

        Assert.Contains("href=\"https://damn.example/\"", masked, StringComparison.Ordinal);
        Assert.EndsWith(">the d••• page</a></p>", masked, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_masked_stays_safe_and_well_formed()
    {
        string[] words = ["alert", "script", "img", "src", "a", "1", "javascript", "svg", "x"];
        var bad = XssPayloads.All.Select(p => WordMask.Of(CommentText.Render(p.Markup), words).Value).SelectMany(html => InertMarkup.Faults(html, MarkupRights.Commenter)).Take(5).ToList();
        Assert.Equal([], bad);
    }

    [Fact]
    public async Task A_word_that_silences_makes_the_comment_wait_but_not_that_of_the_staff()
    {
        var rules = new ScreeningRules(HoldAll: false, HoldFirst: false, HoldLinks: 0, [], []) { SilencingWords = ["casino"] };
        var draft = CommentDraft.Read(new CommentFields(1, null, "My c@sin0", "Anna", "a@b.example", ""), nameAndEmailRequired: false).Value;
        var submission = new CommentSubmission(draft, new CommentOrigin(null, "198.51.100.7", "", default, default), draft.Body, 0, HoneypotFilled: false, null, IsModerator: false, HasToken: true);

        var opinion = await new SilencingWordsCheck().JudgeAsync(submission, new ScreeningFacts(0, rules), CancellationToken.None);
        var ofStaff = await new SilencingWordsCheck().JudgeAsync(submission with { Role = Core.People.Role.Author }, new ScreeningFacts(0, rules), CancellationToken.None);

        Assert.Equal((Leaning.Hold, "It has “casino”, which is on the list of words that silence their writer."), (opinion.Leaning, opinion.Reason));
        Assert.Equal(Opinion.None, ofStaff);
    }
}
