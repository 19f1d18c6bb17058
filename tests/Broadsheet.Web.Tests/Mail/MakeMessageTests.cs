using Broadsheet.Web.Mail;
using MimeKit;

namespace Broadsheet.Web.Tests.Mail;

/// <summary>Whatever someone calls themselves or an article: headers stay ours, and both parts say the same.</summary>
public sealed class MakeMessageTests
{
    private static readonly MailboxAddress From = new("", "news@lantern.example");

    [Theory]
    [InlineData("Hello\r\nBcc: victim@example.org")]
    [InlineData("Hello\nBcc: victim@example.org\n\nA body of my own")]
    [InlineData("Hello\r\n\r\n<script>alert(1)</script>")]
    [InlineData("Hello\u2028Bcc: victim@example.org")]
    [InlineData("Hello\0\u0007\u001b[31m")]
    [InlineData("=?utf-8?q?=0D=0ABcc:_victim@example.org?=")]
    [InlineData("\u202Egro.elpmaxe@mitciv")]
    public void No_name_and_no_title_becomes_a_header_or_a_body(string evil)
    {
        var letter = Letter(evil) with { FromName = evil, List = new LetterList(evil, "discussion-1") };

        var message = Parsed(letter);

        Assert.Empty(message.Bcc);
        Assert.Equal(["Ann@example.org"], message.To.Mailboxes.Select(m => m.Address));
        Assert.Equal(["news@lantern.example"], message.From.Mailboxes.Select(m => m.Address));
        string[] ours = ["Auto-Submitted", "Date", "From", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Message-Id", "Subject", "To"];
        Assert.Equal(ours, message.Headers.Select(h => h.Field).Order(StringComparer.Ordinal));
        Assert.All(message.Headers, h => Assert.DoesNotContain(h.Value, c => c is '\0' or '\u001b' or '\u202e'));
        Assert.DoesNotContain("A body of my own", message.TextBody, StringComparison.Ordinal);
        Assert.StartsWith("Ann wrote:", message.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann@example.org\r\nBcc: victim@example.org")]
    [InlineData("nobody")]
    [InlineData("")]
    public void What_is_no_address_gets_no_letter(string to)
    {
        var letter = Letter("Hello") with { To = to };
        try
        {
            using var message = MakeMessage.Of(letter, From);
            Assert.Equal(["ann@example.org"], message.To.Mailboxes.Select(m => m.Address));
            Assert.Empty(message.Bcc);
        }
        catch (FormatException)
        {
            // Refused: as good.
        }
    }

    [Fact]
    public void Words_are_words_in_both_parts()
    {
        var body = new LetterBody().Say("Ann wrote:").Quote("<b>1 < 2</b> & \"so\"\n\n> quoted\nFrom me\n" + new string('x', 300) + " " + string.Join(' ', Enumerable.Repeat("word", 60)));
        var message = Parsed(new Letter("ann@example.org", "The Lantern", "Title", body, "comment-1.abc", DateTimeOffset.UnixEpoch));

        Assert.Contains("&lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; &quot;so&quot;", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("> <b>1 < 2</b> & \"so\"", message.TextBody, StringComparison.Ordinal);
        var lines = message.TextBody!.ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines.Where(l => !l.Contains("xxx", StringComparison.Ordinal)), l => Assert.True(l.Length <= 74, l));
        // Joined as RFC 3676 says, the words are whole again.
        Assert.Contains(string.Join(' ', Enumerable.Repeat("word", 60)), message.TextBody.ReplaceLineEndings("\n").Replace(" \n> ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_letter_has_the_same_number_and_the_operators_own_name_wins()
    {
        using var one = MakeMessage.Of(Letter("Title"), new MailboxAddress("The Desk", "desk@lantern.example"));
        using var two = MakeMessage.Of(Letter("Title"), new MailboxAddress("The Desk", "desk@lantern.example"));

        Assert.Equal("comment-1.abc@lantern.example", one.MessageId);
        Assert.Equal(one.MessageId, two.MessageId);
        Assert.Equal("The Desk", one.From.Mailboxes.Single().Name);
    }

    private static Letter Letter(string title) => new("Ann@example.org", "The Lantern", title, new LetterBody().Say("Ann wrote:").Quote("Words."), "comment-1.abc", DateTimeOffset.UnixEpoch) { EndUrl = "https://lantern.example/follow/end/abc/", List = new LetterList("The Lantern", "discussion-1") };

    /// <summary>As whoever receives it reads it.</summary>
    private static MimeMessage Parsed(Letter letter)
    {
        using var message = MakeMessage.Of(letter, From);
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        bytes.Position = 0;
        return MimeMessage.Load(bytes);
    }
}
