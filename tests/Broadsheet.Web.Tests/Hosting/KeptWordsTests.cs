using System.Text;
using AngleSharp.Html.Parser;
using Broadsheet.Web.Data;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.Hosting;

/// <summary>With the database gone, whoever had typed something gets it back.</summary>
public sealed class KeptWordsTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task A_comment_comes_back_in_a_form_that_sends_it_again()
    {
        var page = new HtmlParser().ParseDocument(await PostAsync("/wp-comments-post.php", "comment=%0AWords+%3C%2Ftextarea%3E%3Cscript%3E&author=Ann+%22R%22&comment_post_ID=7"));

        Assert.Equal("\nWords </textarea><script>", page.QuerySelector("#commentform textarea[name=comment]")!.TextContent);
        Assert.Equal("Ann \"R\"", page.QuerySelector("#commentform input[name=author]")!.GetAttribute("value"));
        Assert.Equal("7", page.QuerySelector("#commentform input[name=comment_post_ID]")!.GetAttribute("value"));
        Assert.Equal("/wp-comments-post.php", page.QuerySelector("#commentform")!.GetAttribute("action"));
        Assert.Null(page.QuerySelector("script"));
    }

    [Fact]
    public async Task Of_other_forms_the_longer_texts_come_back_and_no_password()
    {
        var page = new HtmlParser().ParseDocument(await PostAsync("/discussion/notice/", "explanation=It+breaks+the+law+since+it+does&law=Short&password=a+long+phrase+that+nobody+knows"));

        Assert.Equal("It breaks the law since it does", Assert.Single(page.QuerySelectorAll("textarea")).TextContent);
        Assert.DoesNotContain("nobody knows", page.Source.Text, StringComparison.Ordinal);
    }

    /// <summary>A page that anyone may cause holds no more than somebody may have typed, and no field that the form does not have.</summary>
    [Fact]
    public async Task What_nobody_typed_does_not_come_back()
    {
        Assert.DoesNotContain("textarea", await PostAsync("/wp-comments-post.php", $"comment={new string('a', 300_000)}"), StringComparison.Ordinal);
        Assert.DoesNotContain("words", await PostAsync("/wp-json/broadsheet/v1/preview", "comment=Some+words+that+somebody+typed"), StringComparison.Ordinal);

        var page = new HtmlParser().ParseDocument(await PostAsync("/wp-comments-post.php", "comment=Words&other=thing&submit=Post"));
        Assert.Empty(page.QuerySelectorAll("input[name=other], input[name=submit]"));
    }

    private async Task<string> PostAsync(string path, string form)
    {
        var pages = new ErrorPages(_ => throw new StorageException(StorageTrouble.Unreachable, new InvalidOperationException()), site.Engine, NullLogger<ErrorPages>.Instance);
        using var body = new MemoryStream();
        var sent = Encoding.UTF8.GetBytes(form);
        var http = new DefaultHttpContext { Request = { Method = "POST", Path = path, ContentType = "application/x-www-form-urlencoded", ContentLength = sent.Length, Body = new MemoryStream(sent) }, Response = { Body = body } };

        await pages.InvokeAsync(http);

        Assert.Equal((503, "30", "no-store"), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString(), http.Response.Headers.CacheControl.ToString()));
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
