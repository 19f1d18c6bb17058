using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>What an editor's change takes out of the page cache: all that shows it, and no more.</summary>
public abstract class EvictionTests(BroadsheetSite site)
{
    private static readonly DateTimeOffset Day = new(2020, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Saving_a_draft_leaves_public_pages_in_the_cache()
    {
        var article = await site.PublishAsync("Public");
        using var reader = site.NewReader();
        await WarmAsync(reader, article.Path, "/", "/feed/");

        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var edit = new ArticleEdit("A draft", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Draft, Tags = ["draft tag"] };
            var text = await site.App.Services.GetRequiredService<ArticleRendering>().RenderAsync(edit, 0, ct);
            var id = await ArticleLedger.SaveAsync(scope, new Publication(), 0, edit, text, null, ct);
            await ArticleLedger.SaveAsync(scope, new Publication(), id, edit with { Title = "Still a draft" }, text, null, ct);
        }, CancellationToken.None);

        Assert.Equal(0, await StatementsAsync(reader, article.Path, "/", "/feed/"));
    }

    [Fact]
    public async Task Changing_one_article_s_words_leaves_other_articles_in_the_cache()
    {
        var edit = Published("Changed", 1);
        var (changed, _, far) = (await site.PublishAsync(edit), await site.PublishAsync(Published("Between", 2)), await site.PublishAsync(Published("Far", 3)));
        using var reader = site.NewReader();
        await WarmAsync(reader, changed.Path, far.Path);

        await site.EditAsync(changed.Id, edit with { Body = "<p>Other words.</p>" });

        Assert.Equal(0, await StatementsAsync(reader, far.Path));
        Assert.Contains("Other words.", await reader.ReadAsync(changed.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_title_stands_at_once_in_the_links_of_the_neighbours()
    {
        var edit = Published("Before its change", 12);
        var (previous, middle, next) = (await site.PublishAsync(Published("Left", 11)), await site.PublishAsync(edit), await site.PublishAsync(Published("Right", 13)));
        using var reader = site.NewReader();
        foreach (var path in new[] { previous.Path, next.Path }) Assert.Contains("Before its change", await reader.ReadAsync(path), StringComparison.Ordinal);

        await site.EditAsync(middle.Id, edit with { Title = "After its change" });
        foreach (var path in new[] { previous.Path, next.Path }) Assert.Contains("After its change", await reader.ReadAsync(path), StringComparison.Ordinal);

        await site.EditAsync(middle.Id, edit with { Status = ArticleStatus.Private });
        foreach (var path in new[] { previous.Path, next.Path }) Assert.DoesNotContain("its change", await reader.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_article_published_between_two_makes_their_pages_stale()
    {
        var (previous, next, far) = (await site.PublishAsync(Published("Low", 20)), await site.PublishAsync(Published("High", 22)), await site.PublishAsync(Published("Higher", 23)));
        using var reader = site.NewReader();
        await WarmAsync(reader, previous.Path, next.Path, far.Path);

        await site.PublishAsync(Published("Middle", 21));

        var stale = site.App.Services.GetRequiredService<Web.Caching.PageStore>().Pages.Where(p => p.IsStale).SelectMany(p => p.Tags).ToHashSet();
        Assert.Contains($"article:{previous.Id}", stale);
        Assert.Contains($"article:{next.Id}", stale);
        Assert.DoesNotContain($"article:{far.Id}", stale);
    }

    [Fact]
    public async Task A_page_s_new_title_and_address_stand_at_once_in_every_menu()
    {
        var edit = new ArticleEdit("Imprint", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published };
        var (article, page) = (await site.PublishAsync(Published("With a menu", 30)), await site.PublishAsync(edit));
        using var reader = site.NewReader();
        Assert.Contains(">Imprint<", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await site.EditAsync(page.Id, edit with { Title = "Who we are", Slug = "who-we-are" });
        var text = await reader.ReadAsync(article.Path);
        Assert.Contains(">Who we are<", text, StringComparison.Ordinal);
        Assert.Contains("\"/who-we-are/\"", text, StringComparison.Ordinal);

        await site.EditAsync(page.Id, edit with { Title = "Who we are", Status = ArticleStatus.Draft });
        Assert.DoesNotContain("Who we are", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attachments_of_an_article_that_is_withdrawn_go_with_it()
    {
        var edit = Published("Illustrated", 40);
        var article = await site.PublishAsync(edit);
        var picture = await site.Writes.RunAsync(async (scope, ct) =>
        {
            var attachment = Article.Create(ArticleKind.Attachment, ArticleStatus.Inherit, scope.Now, null);
            attachment.Date(ArticleStatus.Inherit, scope.Now, scope.Now.DateTime);
            attachment.Place("picture", "picture", article.Id);
            scope.Db.Articles.Add(attachment);
            await scope.FlushAsync(ct);
            return attachment.Id;
        }, CancellationToken.None);
        await site.SetAsync(p => p with { AttachmentPages = true });
        using var reader = site.NewReader();
        await WarmAsync(reader, "/picture/");

        await site.EditAsync(article.Id, edit with { Status = ArticleStatus.Draft });

        using var answer = await reader.GetAsync("/picture/");
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.NotEqual(0, picture);
    }

    [Fact]
    public async Task A_comment_under_one_article_does_not_take_the_front_page_away()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync(Published("Discussed", 50));
        using var reader = site.NewReader();
        await WarmAsync(reader, "/", article.Path);
        using var writer = site.NewReader();
        using var posted = await writer.CommentAsync(article.Path, "A new comment.");

        Assert.Equal(0, await StatementsAsync(reader, "/"));
        Assert.Contains("A new comment.", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_rendered_again_stand_at_once_in_feeds_too()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync(new ArticleEdit("Rendered", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published });
        using var reader = site.NewReader();
        using var writer = site.NewReader();
        using var posted = await writer.CommentAsync(article.Path, "Spoken.");
        await WarmAsync(reader, "/feed/", "/comments/feed/");

        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await BodyLedger.RerenderArticleAsync(scope, article.Id, new ArticleText("Rendered", SafeHtml.FromStore("Rendered"), "Rendered", BodyFormat.Html, "<p>Words.</p>", SafeHtml.FromStore("<p>RENDEREDAGAIN</p>"), 1, "", "Words."), ct);
            var comment = await scope.Db.Comments.Where(c => c.ArticleId == article.Id).Select(c => new { c.Id, c.Body }).SingleAsync(ct);
            await BodyLedger.RerenderCommentAsync(scope, comment.Id, comment.Body, SafeHtml.FromStore("<p>SPOKENAGAIN</p>"), ct);
        }, CancellationToken.None);

        Assert.Contains("RENDEREDAGAIN", await reader.ReadAsync("/feed/"), StringComparison.Ordinal);
        Assert.Contains("SPOKENAGAIN", await reader.ReadAsync("/comments/feed/"), StringComparison.Ordinal);
    }

    private static ArticleEdit Published(string title, int days) => new(title, "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = Day.AddDays(days) };

    /// <summary>Each page is kept, and the second reading costs nothing.</summary>
    private async Task WarmAsync(ReaderClient reader, params string[] paths)
    {
        await site.SettleAsync();
        await site.IndexAsync();
        await site.App.Services.GetRequiredService<SiteIndexStore>().GetAsync(CancellationToken.None);
        foreach (var path in paths) await reader.ReadAsync(path);
        Assert.Equal(0, await StatementsAsync(reader, paths));
    }

    private async Task<int> StatementsAsync(ReaderClient reader, params string[] paths)
    {
        await site.IndexAsync();
        await site.App.Services.GetRequiredService<SiteIndexStore>().GetAsync(CancellationToken.None);
        var statements = 0;
        foreach (var path in paths)
        {
            site.Statements.Reset();
            await reader.ReadAsync(path);
            statements += site.Statements.Statements.Count;
        }
        return statements;
    }

    public sealed class OnSqlite(SqliteSite site) : EvictionTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : EvictionTests(site), IClassFixture<PostgresSite>;
}
