using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>
/// Every answer that <c>/wp-comments-post.php</c> gives: status (WordPress's) and the words that the writer reads, and that their own words are kept.
/// The rows stand in the order in which the decisions fall.
/// </summary>
public abstract class CommentAnswerTableTests(BroadsheetSite site)
{
    private const string Words = "Some <b>words</b> worth keeping.";

    public static TheoryData<string, int, string> Refusals => new()
    {
        { "an unknown article", 404, "There is no such article here" },
        { "no article at all", 404, "There is no such article here" },
        { "a draft", 403, "This article is not published" },
        { "a private article", 403, "This article is not published" },
        { "a locked article", 403, "wants its password" },
        { "a closed article", 403, "Comments are closed." },
        { "a closed publication", 403, "Comments are closed." },
        { "a stranger where one must sign in", 403, "Sign in to comment." },
        { "a reply to a held comment", 403, "The comment that you answer is not shown" },
        { "a reply to another article's comment", 403, "The comment that you answer is not shown" },
        { "a form of another article", 200, "its form has run out" },
        { "a reply too deep", 200, "This thread goes no deeper" },
        { "no words", 200, "the comment is empty" },
        { "words too long", 200, "65,526 characters; up to 65,525 fit" },
        { "no name", 200, "Give a name" },
        { "a name too long", 200, "up to 245 characters fit" },
        { "no e-mail address", 200, "Give an e-mail address" },
        { "an e-mail address too long", 200, "up to 100 characters fit" },
        { "an e-mail address without host", 200, "The e-mail address does not look right" },
        { "a website that is none", 200, "The website does not look right" },
        { "a website too long", 200, "up to 200 characters fit" },
        { "the same words again", 409, "the same words, in the same place" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_its_status_says_why_and_keeps_the_words(string what, int status, string message)
    {
        await site.SetAsync(p => p with { HoldFirst = false, CommentsOpen = true, SignInToComment = false, ThreadDepth = 10 });
        using var reader = site.NewReader();
        var fields = await ArrangeAsync(what, reader);
        var before = await site.ReadAsync(db => db.Comments.CountAsync());

        using var answer = await reader.PostAsync("/wp-comments-post.php", fields);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        var page = new HtmlParser().ParseDocument(html);
        Assert.Contains(message, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(fields["comment"], page.QuerySelectorAll("textarea").Select(t => t.TextContent));
        Assert.DoesNotContain("not for this reader", html, StringComparison.Ordinal);
        Assert.Equal(before, await site.ReadAsync(db => db.Comments.CountAsync()));
    }

    [Fact]
    public async Task What_forbids_comes_before_what_is_missing()
    {
        await site.SetAsync(p => p with { HoldFirst = false, CommentsOpen = false });
        using var reader = site.NewReader();
        var fields = await FieldsAsync(reader, await site.PublishAsync("Closed and empty"), open: false);
        fields["comment"] = fields["author"] = "";

        using var answer = await reader.PostAsync("/wp-comments-post.php", fields);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    public static TheoryData<string> Repeats => ["another article", "another parent", "another author", "another address", "the first is in the trash"];

    /// <summary>Only all of article, parent, author, address and words together make a repeat; the trash does not count.</summary>
    [Theory]
    [MemberData(nameof(Repeats))]
    public async Task The_same_words_are_taken_again_with(string what)
    {
        await site.SetAsync(p => p with { HoldFirst = false, CommentsOpen = true, SignInToComment = false });
        var article = await site.PublishAsync($"Said again with {what}");
        using var reader = site.NewReader();
        using var first = await reader.CommentAsync(article.Path, "I agree with this.");
        var id = IdOf(first);
        if (what == "the first is in the trash") await DecideAsync(id, Standing.Trashed);
        var path = what switch { "another article" => (await site.PublishAsync("Another article")).Path, "another parent" => $"{article.Path}?replytocom={id}", _ => article.Path };

        using var second = await reader.CommentAsync(path, "I agree with this.", what == "another author" ? "Bea Reader" : "Ann Reader", what == "another address" ? "ann2@example.org" : "ann@example.org");

        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
    }

    [Fact]
    public async Task A_stored_comment_leads_to_itself_or_to_a_place_of_our_own()
    {
        await site.SetAsync(p => p with { HoldFirst = false, CommentsOpen = true, SignInToComment = false });
        var article = await site.PublishAsync("Where one lands");
        using var reader = site.NewReader();

        using var plain = await reader.CommentAsync(article.Path, "One.");
        using var own = await reader.CommentAsync(article.Path, "Two.", more: [new("redirect_to", "/about/")]);
        using var foreign = await reader.CommentAsync(article.Path, "Three.", more: [new("redirect_to", "https://elsewhere.example/")]);
        using var sneaky = await reader.CommentAsync(article.Path, "Four.", more: [new("redirect_to", "//elsewhere.example/")]);

        Assert.Equal($"{article.Path}#comment-{IdOf(plain)}", plain.Headers.Location!.OriginalString);
        Assert.Equal("/about/", own.Headers.Location!.OriginalString);
        Assert.StartsWith(article.Path, foreign.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith(article.Path, sneaky.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_writer_who_agrees_is_remembered()
    {
        await site.SetAsync(p => p with { HoldFirst = false, CommentsOpen = true, SignInToComment = false });
        var article = await site.PublishAsync("Remember me, or not");
        using var shy = site.NewReader();
        using var known = site.NewReader();

        using var first = await shy.CommentAsync(article.Path, "Do not remember me.");
        using var second = await known.CommentAsync(article.Path, "Remember me.", more: [new("wp-comment-cookies-consent", "yes")]);

        // All that they leave with is what lets them mend their words for ten minutes.
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("own", cookie.Split('=')[0], StringComparison.Ordinal);
        Assert.Contains("max-age=600", cookie, StringComparison.Ordinal);
        Assert.Equal("", (await shy.OpenAsync(article.Path)).QuerySelector("#author")!.GetAttribute("value"));
        Assert.Equal("Ann Reader", (await known.OpenAsync(article.Path)).QuerySelector("#author")!.GetAttribute("value"));
    }

    private async Task<Dictionary<string, string>> ArrangeAsync(string what, ReaderClient reader)
    {
        var edit = new ArticleEdit($"Table: {what}", "<p>This is not for this reader.</p>", BodyFormat.Html);
        var article = what switch
        {
            "a draft" => await site.PublishAsync(edit),
            "a private article" => await site.PublishAsync(edit with { Status = ArticleStatus.Private }),
            "a locked article" => await site.PublishAsync(edit with { Status = ArticleStatus.Published, Password = "sesame" }),
            "a closed article" => await site.PublishAsync(edit with { Status = ArticleStatus.Published, Body = "<p>Words.</p>", CommentsOpen = false }),
            _ => await site.PublishAsync(edit.Title),
        };
        var fields = await FieldsAsync(reader, article, open: what is not ("a draft" or "a private article" or "a locked article" or "a closed article"));
        switch (what)
        {
            case "an unknown article": fields["comment_post_ID"] = "999999999"; break;
            case "no article at all": fields.Remove("comment_post_ID"); break;
            case "a closed publication": await site.SetAsync(p => p with { CommentsOpen = false }); break;
            case "a stranger where one must sign in": await site.SetAsync(p => p with { SignInToComment = true }); break;
            case "a reply to a held comment": fields["comment_parent"] = await CommentAsync(article, held: true); break;
            case "a reply to another article's comment": fields["comment_parent"] = await CommentAsync(await site.PublishAsync("Elsewhere"), held: false); break;
            case "a form of another article": fields["reply_token"] = (await FieldsAsync(reader, await site.PublishAsync("Another form"), open: true))["reply_token"]; break;
            case "a reply too deep": fields["comment_parent"] = await CommentAsync(article, held: false); await site.SetAsync(p => p with { ThreadDepth = 1 }); break;
            case "no words": fields["comment"] = ""; break;
            case "words too long": fields["comment"] = new string('x', Comment.MaxLength + 1); break;
            case "no name": fields["author"] = " "; break;
            case "a name too long": fields["author"] = new string('n', Comment.MaxAuthorLength + 1); break;
            case "no e-mail address": fields["email"] = ""; break;
            case "an e-mail address too long": fields["email"] = $"{new string('e', Comment.MaxEmailLength)}@example.org"; break;
            case "an e-mail address without host": fields["email"] = "ann@example"; break;
            case "a website that is none": fields["url"] = "javascript:alert(1)"; break;
            case "a website too long": fields["url"] = $"https://example.org/{new string('u', Comment.MaxUrlLength)}"; break;
            case "the same words again": using (await reader.PostAsync("/wp-comments-post.php", fields)) break;
        }
        return fields;
    }

    /// <summary>What a person sends; where the article shows no form, what a program would send.</summary>
    private static async Task<Dictionary<string, string>> FieldsAsync(ReaderClient reader, PublishedArticle article, bool open)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["comment_post_ID"] = article.Id.ToString(CultureInfo.InvariantCulture), ["comment_parent"] = "0" };
        if (open)
        {
            var form = (IHtmlFormElement)(await reader.OpenAsync(article.Path)).QuerySelector("#commentform")!;
            fields = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is not "checkbox").ToDictionary(i => i.Name!, i => i.Value, StringComparer.Ordinal);
        }
        (fields["comment"], fields["author"], fields["email"]) = (Words, "Ann Reader", "ann@example.org");
        return fields;
    }

    private async Task<string> CommentAsync(PublishedArticle article, bool held)
    {
        using var other = site.NewReader();
        using var answer = await other.CommentAsync(article.Path, $"The comment under {article.Path}.", "Carl Reader", "carl@example.org");
        var id = IdOf(answer);
        if (held) await DecideAsync(id, Standing.Held);
        return id.ToString(CultureInfo.InvariantCulture);
    }

    private Task DecideAsync(long id, Standing standing) => site.Writes.RunAsync(async (scope, ct) => await CommentLedger.DecideAsync(scope, await scope.Db.Comments.SingleAsync(c => c.Id == id, ct), standing, ct), CancellationToken.None);

    private static long IdOf(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return long.Parse(answer.Headers.Location!.OriginalString.Split("#comment-")[1], CultureInfo.InvariantCulture);
    }

    public sealed class OnSqlite(SqliteSite site) : CommentAnswerTableTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : CommentAnswerTableTests(site), IClassFixture<PostgresSite>;
}
