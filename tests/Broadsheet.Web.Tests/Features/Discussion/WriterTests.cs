using System.Globalization;
using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>Whose a comment is, how its words are set, and where its writer lands.</summary>
public abstract class WriterTests(BroadsheetSite site)
{
    [Fact]
    public async Task Who_is_signed_in_writes_with_the_address_of_the_account()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("By account");
        using var staff = await StaffClient.SignInAsync(site, Role.Author);

        using var answer = await staff.Browser.CommentAsync(article.Path, "Signed.", more: [new("email", "someone.else@example.org"), new("author", "Someone Else")]);

        var id = long.Parse(answer.Headers.Location!.OriginalString.Split("#comment-")[1], CultureInfo.InvariantCulture);
        var comment = await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));
        Assert.Equal((staff.Email, staff.Email, (long?)staff.Id), (comment.AuthorEmail, comment.EmailFolded, comment.PersonId));
        Assert.NotEqual("Someone Else", comment.AuthorName);
    }

    [Theory]
    [InlineData("en", "“quoted”")]
    [InlineData("de", "„quoted“")]
    [InlineData("fr", "« quoted »")]
    public async Task Quotes_are_those_of_the_publications_language(string language, string expected)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, Language = language });
        var article = await site.PublishAsync($"Quotes of {language}");
        using var reader = site.NewReader();

        using (await reader.CommentAsync(article.Path, "This is \"quoted\".")) { }

        var words = (await reader.OpenAsync(article.Path)).QuerySelector(".comment-body")!.TextContent.Replace('\u00A0', ' ').Replace('\u202F', ' ');
        Assert.Contains(expected, words, StringComparison.Ordinal);
        await site.SetAsync(p => p with { Language = "en" });
    }

    [Theory]
    [InlineData("/\t/elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    public async Task A_writer_is_led_to_no_other_site(string redirect)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Led astray");
        using var reader = site.NewReader();

        using var answer = await reader.CommentAsync(article.Path, "Where to?", more: [new("redirect_to", redirect)]);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith(article.Path, answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c => c.StartsWith("x=", StringComparison.Ordinal));
    }

    public sealed class OnSqlite(SqliteSite site) : WriterTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : WriterTests(site), IClassFixture<PostgresSite>;
}
