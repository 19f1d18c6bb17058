using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>What is sent to the comment door and is no comment form: told so, on a page.</summary>
public abstract class DamagedFormTests(BroadsheetSite site)
{
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "application/json", "{\"comment\":\"x\"}", "JSON" },
        { "text/plain", "comment=x", "text" },
        { "", "", "nothing" },
        { "multipart/form-data", "--x", "no boundary" },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\ncut off", "cut off" },
        { "multipart/form-data; boundary=x", "nothing of the kind", "no parts" },
        { "application/x-www-form-urlencoded", "comment=a%00b&author=x", "NUL" },
        { "application/x-www-form-urlencoded", "large", "5 MB" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_form_that_cannot_be_read_is_a_fault_of_the_sender(string type, string body, string what)
    {
        if (body == "large") body = $"comment={new string('x', 5_000_000)}";
        using var reader = site.NewReader();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await reader.Http.PostAsync(new Uri("/wp-comments-post.php", UriKind.Relative), content);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{what}: {(int)answer.StatusCode}");
        Assert.Contains("Your comment was not stored", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_character_that_no_text_has_is_left_out()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("NUL");
        using var reader = site.NewReader();
        using var content = new MultipartFormDataContent
        {
            { new StringContent("a\0b\0"), "comment" },
            { new StringContent("Ann\0"), "author" },
            { new StringContent("ann\0@example.org"), "email" },
            { new StringContent(article.Id.ToString(CultureInfo.InvariantCulture)), "comment_post_ID" },
            { new StringContent("/\0"), "redirect_to" },
        };

        using var answer = await reader.Http.PostAsync(new Uri("/wp-comments-post.php", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var comment = await site.ReadAsync(db => db.Comments.SingleAsync(c => c.ArticleId == article.Id));
        Assert.Equal(("ab", "Ann", "ann@example.org"), (comment.Body, comment.AuthorName, comment.AuthorEmail));
    }

    public sealed class OnSqlite(SqliteSite site) : DamagedFormTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : DamagedFormTests(site), IClassFixture<PostgresSite>;
}
