using Broadsheet.Core.Discussion;

namespace Broadsheet.Core.Tests.Discussion;

public sealed class CommentDraftTests
{
    [Theory]
    [InlineData("Ann\u202Eeno", "Anneno")]
    [InlineData("\u2067Ann\u2069", "Ann")]
    [InlineData("Ann\r\nReader", "Ann Reader")]
    [InlineData("A\u0000nn\u0007", "Ann")]
    [InlineData("نور\u200F", "نور\u200F")]
    public void A_name_turns_nothing_that_stands_after_it(string given, string kept) =>
        Assert.Equal(kept, Read(author: given).Value.AuthorName);

    [Theory]
    [InlineData("example.org", "https://example.org/")]
    [InlineData("http://example.org/a?b=c", "http://example.org/a?b=c")]
    [InlineData("https://", "")]
    [InlineData("", "")]
    public void A_website_gets_its_scheme(string given, string kept) => Assert.Equal(kept, Read(url: given).Value.AuthorUrl);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("ftp://example.org/")]
    [InlineData("https://localhost/")]
    public void What_is_no_website_is_refused(string given) => Assert.Equal("url", Read(url: given).Problem!.Field);

    [Fact]
    public void Words_keep_their_lines_and_lose_what_no_keyboard_types() => Assert.Equal("One\nTwo\tthree", Read(body: " One\r\nTwo\tthr\u0001ee \n").Value.Body);

    [Fact]
    public void The_first_problem_in_the_forms_order_is_told() => Assert.Equal(["comment", "author", "email", "url"], [Read("", "", "", "x y").Problem!.Field, Read("a", "", "", "x y").Problem!.Field, Read("a", "A", "", "x y").Problem!.Field, Read("a", "A", "a@example.org", "x y").Problem!.Field]);

    private static Outcome<CommentDraft> Read(string body = "Words", string author = "Ann", string email = "ann@example.org", string url = "") =>
        CommentDraft.Read(new CommentFields(1, null, body, author, email, url), nameAndEmailRequired: true);
}
