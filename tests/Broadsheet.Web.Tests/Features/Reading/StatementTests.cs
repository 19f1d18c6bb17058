using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>How many statements a page costs when it is not in the cache: after a real change, by the newsroom's own way or a reader's.</summary>
public abstract class StatementTests(BroadsheetSite site)
{
    private const int Budget = 4;

    [Fact]
    public async Task After_an_edit_each_page_costs_at_most_four_statements_and_then_none()
    {
        await site.SettleAsync();
        await site.SetAsync(p => p with { HoldFirst = false });
        var (news, sport) = (await CategoryAsync("News"), await CategoryAsync("Sport"));
        var edit = new ArticleEdit("One", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Categories = [news], Tags = ["a", "b"] };
        await site.PublishAsync(edit);
        var article = await site.PublishAsync(edit with { Title = "Two" });
        await site.PublishAsync(edit with { Title = "Three" });
        using var reader = site.NewReader();
        using var writer = site.NewReader();
        using var comment = await writer.CommentAsync(article.Path, "Words.");

        var edits = new[]
        {
            edit with { Title = "Two", Body = "<p>Other words.</p>" },
            edit with { Title = "Another title of two", Slug = "two" },
            edit with { Title = "Two", Categories = [news, sport], Tags = ["a", "c"] },
            edit with { Title = "Two", IsSticky = true },
        };
        foreach (var change in edits)
            foreach (var path in new[] { article.Path, "/", "/category/news/", "/tag/a/", "/feed/", "/comments/feed/", "/?s=words" })
            {
                await site.EditAsync(article.Id, edit with { Title = "Two", Body = "<p>As it was, words.</p>" });
                await reader.ReadAsync(path);
                await site.EditAsync(article.Id, change);
                await AssertCostAsync(reader, path);
            }
    }

    [Fact]
    public async Task After_a_comment_and_with_pings_an_article_costs_at_most_four_statements()
    {
        await site.SettleAsync();
        await site.SetAsync(p => p with { HoldFirst = false, CommentsPerPage = 2 });
        await site.PublishAsync(new ArticleEdit("Before", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Tags = ["x"] });
        var article = await site.PublishAsync(new ArticleEdit("Pinged", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, Tags = ["x"] });
        await AddAsync(article.Id, CommentKind.Pingback, "A ping");
        await AddAsync(article.Id, CommentKind.Trackback, "Another ping");
        for (var i = 1; i <= 3; i++) await AddAsync(article.Id, CommentKind.Comment, $"Comment {i}");
        var last = await AddAsync(article.Id, CommentKind.Comment, "Comment 4");
        using var reader = site.NewReader();

        var page = await AssertCostAsync(reader, article.Path);
        Assert.True(page.IndexOf("Comment 1", StringComparison.Ordinal) is > 0 and var first && first < page.IndexOf("Comment 2", StringComparison.Ordinal));
        Assert.DoesNotContain("Comment 3", page, StringComparison.Ordinal);
        Assert.Contains("A ping", page, StringComparison.Ordinal);
        Assert.Contains("Another ping", page, StringComparison.Ordinal);

        // The comment that is answered, from a page that shows it and from one that does not.
        var here = await AssertCostAsync(reader, $"{article.Path}?replytocom={last - 3}");
        Assert.Contains("1 by Writer", here, StringComparison.Ordinal);
        var there = await AssertCostAsync(reader, $"{article.Path}?replytocom={last}");
        Assert.Contains("4 by Writer", there, StringComparison.Ordinal);
        Assert.DoesNotContain("Comment 4", there, StringComparison.Ordinal);
        Assert.Contains("A ping", there, StringComparison.Ordinal);
    }

    private Task<long> CategoryAsync(string name) => site.Writes.RunAsync((scope, ct) => TermLedger.FindOrAddAsync(scope, Term.Category, name, null, ct), CancellationToken.None);

    private Task<long> AddAsync(long articleId, CommentKind kind, string words) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var comment = Comment.Imported(new ImportedComment(0, articleId, null, kind, Standing.Shown, null, kind == CommentKind.Comment ? "Writer" : words, "", "", "", scope.Now, scope.Now.DateTime, words, CommentText.Render(words), null));
        await CommentLedger.AddAsync(scope, comment, ct);
        return comment.Id;
    }, CancellationToken.None);

    private async Task<string> AssertCostAsync(ReaderClient reader, string path)
    {
        await site.IndexAsync();
        // What all pages need is read again by the change, not by the page.
        await site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);
        await site.App.Services.GetRequiredService<SiteIndexStore>().GetAsync(CancellationToken.None);
        site.Statements.Reset();
        var page = await reader.ReadAsync(path);
        var miss = site.Statements.Statements;
        Assert.True(miss.Count is > 0 and <= Budget, $"{path}: {miss.Count} statements\n{string.Join("\n\n", miss)}");
        site.Statements.Reset();
        await reader.ReadAsync(path);
        Assert.Empty(site.Statements.Statements);
        return page;
    }

    public sealed class OnSqlite(SqliteSite site) : StatementTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : StatementTests(site), IClassFixture<PostgresSite>;
}
