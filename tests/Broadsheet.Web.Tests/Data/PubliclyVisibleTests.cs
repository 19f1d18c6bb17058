using System.Net;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data;

/// <summary>One rule of who sees what: what everyone may see is seen at every door, and what not, at none.</summary>
public abstract class PubliclyVisibleTests(BroadsheetSite site)
{
    /// <summary>What stands there, and whether everyone sees it.</summary>
    public static TheoryData<string, bool> Things => new()
    {
        { "an article", true },
        { "a page", true },
        { "an attachment of a published article", true },
        { "an attachment of nothing", true },
        { "an attachment of something that is not here", true },
        { "an attachment of a draft", false },
        { "an attachment of a private article", false },
        { "an attachment of a trashed article", false },
        { "an attachment of a plug-in's thing", false },
        { "a plug-in's thing", false },
        { "a draft", false },
        { "a scheduled article", false },
        { "a private article", false },
        { "a trashed article", false },
    };

    [Theory]
    [MemberData(nameof(Things))]
    public async Task Every_door_says_the_same(string what, bool isPublic)
    {
        await site.SetAsync(p => p with { HoldFirst = false, AttachmentPages = true });
        var word = $"w{string.Concat(what.Where(char.IsAsciiLetter))}";
        var (id, slug) = await ArrangeAsync(what, word);
        await site.IndexAsync();
        using var reader = site.NewReader();

        var doors = new SortedDictionary<string, bool>(StringComparer.Ordinal)
        {
            ["its page"] = await SeesAsync(reader, $"/{slug}/", word),
            ["the feed of all comments"] = await SeesAsync(reader, "/comments/feed/", word),
            ["its comments' feed"] = await SeesAsync(reader, $"/{slug}/feed/", word),
            ["the search"] = await SeesAsync(reader, $"/?s={word}comment", $"#comment-"),
            ["the API's comments"] = await SeesAsync(reader, $"/wp-json/wp/v2/comments?post={id}", word),
            ["the API's search of comments"] = await SeesAsync(reader, $"/wp-json/wp/v2/comments?search={word}comment", word),
            ["the comment form"] = await AnswersAsync(reader, id, word),
        };

        Assert.All(doors, door => Assert.True(door.Value == isPublic, $"{what} at {door.Key}: {(door.Value ? "seen" : "not seen")}"));
    }

    [Fact]
    public async Task Words_behind_a_password_are_in_no_feed_and_no_search()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("Behind a door", "<p>lockedwords</p>");
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "lockedcomment said so")) { }
        await site.IndexAsync();
        await ChangeAsync(article.Id, s => s.SetProperty(a => a.Password, "sesame"));

        Assert.False(await SeesAsync(reader, "/?s=lockedwords", "Behind a door"));
        Assert.False(await SeesAsync(reader, "/?s=lockedcomment", "Behind a door"));
        Assert.False(await SeesAsync(reader, "/comments/feed/atom/?withcomments=1", "lockedcomment"));
        Assert.False(await SeesAsync(reader, $"/wp-json/wp/v2/comments?post={article.Id}", "lockedcomment"));
    }

    private async Task<(long Id, string Slug)> ArrangeAsync(string what, string word)
    {
        var article = await site.PublishAsync(new ArticleEdit(word, $"<p>{word}</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Slug = word, CommentsOpen = true });
        using var reader = site.NewReader();
        using (var answer = await reader.CommentAsync(article.Path, $"{word}comment says this.")) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var (kind, status) = what switch
        {
            "a page" => (ArticleKind.Page, ArticleStatus.Published),
            "a plug-in's thing" => (ArticleKind.Other, ArticleStatus.Published),
            "a draft" => (ArticleKind.Article, ArticleStatus.Draft),
            "a scheduled article" => (ArticleKind.Article, ArticleStatus.Scheduled),
            "a private article" => (ArticleKind.Article, ArticleStatus.Private),
            "a trashed article" => (ArticleKind.Article, ArticleStatus.Trashed),
            "an article" => (ArticleKind.Article, ArticleStatus.Published),
            _ => (ArticleKind.Attachment, ArticleStatus.Inherit),
        };
        var parent = what switch
        {
            "an attachment of a published article" => await ParentAsync(ArticleKind.Article, ArticleStatus.Published),
            "an attachment of a draft" => await ParentAsync(ArticleKind.Article, ArticleStatus.Draft),
            "an attachment of a private article" => await ParentAsync(ArticleKind.Article, ArticleStatus.Private),
            "an attachment of a trashed article" => await ParentAsync(ArticleKind.Article, ArticleStatus.Trashed),
            "an attachment of a plug-in's thing" => await ParentAsync(ArticleKind.Other, ArticleStatus.Published),
            "an attachment of something that is not here" => 987_654_321,
            _ => (long?)null,
        };
        var path = kind == ArticleKind.Article ? null : word;
        // One that is due would be published by the schedule while the test looks on.
        var at = TimeProvider.System.GetUtcNow().AddDays(status == ArticleStatus.Scheduled ? 1 : 0);
        await ChangeAsync(article.Id, s => s.SetProperty(a => a.PublishedAt, at).SetProperty(a => a.Kind, kind).SetProperty(a => a.Status, status).SetProperty(a => a.ParentId, parent).SetProperty(a => a.Path, path));
        return (article.Id, path ?? article.Path.Trim('/'));
    }

    private async Task<long?> ParentAsync(ArticleKind kind, ArticleStatus status)
    {
        var parent = await site.PublishAsync("Parent");
        await ChangeAsync(parent.Id, s => s.SetProperty(a => a.Kind, kind).SetProperty(a => a.Status, status));
        return parent.Id;
    }

    /// <summary>As an import or an editor leaves it, and what readers were given before is forgotten.</summary>
    private Task ChangeAsync(long id, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Article>> change) => site.Writes.RunAsync(async (scope, ct) =>
    {
        await scope.Db.Articles.Where(a => a.Id == id).ExecuteUpdateAsync(change, ct);
        foreach (var tag in new[] { $"article:{id}", "lists", "comments", "search" }) scope.Evict(tag);
    }, CancellationToken.None);

    private static async Task<bool> SeesAsync(ReaderClient reader, string path, string word)
    {
        using var answer = await reader.GetAsync(path);
        Assert.True((int)answer.StatusCode < 500, path);
        return (await answer.Content.ReadAsStringAsync()).Contains(word, StringComparison.Ordinal);
    }

    /// <summary>An empty comment gets the article's page back, where there is one to see.</summary>
    private static async Task<bool> AnswersAsync(ReaderClient reader, long id, string word)
    {
        using var answer = await reader.PostAsync("/wp-comments-post.php", [new("comment_post_ID", $"{id}"), new("comment", "")]);
        return answer.StatusCode == HttpStatusCode.OK && (await answer.Content.ReadAsStringAsync()).Contains(word, StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteSite site) : PubliclyVisibleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PubliclyVisibleTests(site), IClassFixture<PostgresSite>;
}
