using System.Globalization;
using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data;

/// <summary>With thousands of articles and comments, no page walks through them: each finds what it needs by an index, with and without the database's own counts.</summary>
public abstract class QueryPlanTests(BroadsheetSite site, string explain, bool countsFirst) : IAsyncLifetime
{
    private const int Articles = 3_000;
    private const int Comments = 30_000;
    private const long FirstId = 100_000;

    private static readonly DateTimeOffset Start = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<BroadsheetSite> Seeded = [];

    /// <summary>What is asked for, and whether it is the newest of all.</summary>
    public static TheoryData<string, bool> Pages => new()
    {
        { $"/{Start.AddDays(7):yyyy'/'MM'/'dd}/story-7/feed/", false },
        { $"/wp-json/wp/v2/comments?post={FirstId + 7}", false },
        { $"/wp-json/wp/v2/comments?post={FirstId + 7}&parent=0", false },
        { $"/wp-json/wp/v2/comments?parent={FirstId + 38}", false },
        { "/comments/feed/", true },
        { $"/{Start.AddDays(9):yyyy'/'MM'/'dd}/story-9/", true },
        { "/page/2/", true },
        { "/feed/", true },
        { "/no-such-story-at-all/", false },
        { "/2010/01/01/no-such-story/", false },
        { "/story-77/", false },
        { "/once-named-so/", false },
        { "/tag/rare/", false },
        { "/tag/rare/feed/", false },
        { "/category/common/", true },
        { $"/?p={FirstId + 77}", false },
        { "a comment", false },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_finds_what_it_needs_by_an_index(string page, bool newestMayBe)
    {
        for (var counted = 0; counted < 2; counted++)
        {
            if (counted == 1 || countsFirst) await site.Writes.RunAsync(async (scope, ct) => { await scope.Db.Database.ExecuteSqlRawAsync("ANALYZE", ct); }, CancellationToken.None);
            using var reader = site.NewReader();
            using (await reader.GetAsync("/")) { }
            await site.Writes.RunAsync((scope, _) => { foreach (var tag in new[] { "lists", "comments", $"article:{FirstId + 7}", $"article:{FirstId + 9}" }) scope.Evict(tag); return Task.CompletedTask; }, CancellationToken.None);
            site.Statements.Reset();
            site.Statements.Explain = explain;

            using (var answer = page == "a comment" ? await CommentAsync(reader, counted) : await reader.GetAsync(page)) Assert.InRange((int)answer.StatusCode, 200, 429);

            site.Statements.Explain = null;
            Assert.NotEmpty(site.Statements.Plans);
            Assert.All(site.Statements.Plans, p => Assert.False(Walks(p.Plan, newestMayBe), $"{page}, {(counted == 0 ? "before" : "after")} counting:\n{p.Statement}\n{p.Plan}"));
        }
    }

    /// <summary>Reads a whole table of articles or comments, or all of those that are public.</summary>
    /// <param name="newestMayBe">It asks for the newest, and stops soon.</param>
    protected abstract bool Walks(string plan, bool newestMayBe);

    private static Task<HttpResponseMessage> CommentAsync(ReaderClient reader, int turn) =>
        reader.PostAsync("/wp-comments-post.php", [new("comment_post_ID", $"{FirstId + 7}"), new("comment", $"Said {turn}."), new("author", "Busy"), new("email", "busy@example.org")]);

    public async ValueTask InitializeAsync()
    {
        if (!Seeded.Add(site)) return;
        await site.SetAsync(p => p with { HoldFirst = true, FloodSeconds = 15 });
        var text = await ((ArticleRendering)site.App.Services.GetService(typeof(ArticleRendering))!).RenderAsync(new ArticleEdit("Story", "<p>Words.</p>", BodyFormat.Html), 0, CancellationToken.None);
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var common = await TermLedger.FindOrAddAsync(scope, Term.Category, "Common", null, ct);
            var rare = await TermLedger.FindOrAddAsync(scope, Term.Tag, "Rare", null, ct);
            for (var i = 0; i < Articles; i++) scope.Db.Articles.Add(Story(i, text));
            await scope.FlushAsync(ct);
            await scope.InsertManyAsync([.. Enumerable.Range(0, Articles).Select(i => new ArticleTerm(FirstId + i, common)), new ArticleTerm(FirstId + 1, rare)], ct);
            scope.Db.OldAddresses.Add(new OldAddress(FirstId + 5, "once-named-so", null));
            await scope.Db.Terms.Where(t => t.Id == common).ExecuteUpdateAsync(s => s.SetProperty(t => t.Articles, Articles), ct);
            await scope.Db.Terms.Where(t => t.Id == rare).ExecuteUpdateAsync(s => s.SetProperty(t => t.Articles, 1), ct);
            await scope.InsertManyAsync([.. Enumerable.Range(0, Comments).Select(Said)], ct);
            scope.Evict("site-index");
        }, CancellationToken.None);
    }

    private static Article Story(int i, ArticleText text)
    {
        var at = Start.AddDays(i);
        var story = Article.Create(ArticleKind.Article, ArticleStatus.Draft, at, null, id: FirstId + i);
        story.Write(text, at);
        story.Place(string.Create(CultureInfo.InvariantCulture, $"story-{i}"), null);
        story.Date(ArticleStatus.Published, at, Local(at));
        story.Identify($"urn:story:{i}");
        return story;
    }

    private static DateTime Local(DateTimeOffset at) => DateTime.SpecifyKind(at.UtcDateTime, DateTimeKind.Unspecified);

    private static Comment Said(int i) => Comment.Imported(
        new ImportedComment(FirstId + i, FirstId + (i / 10), i % 10 == 9 ? FirstId + i - 1 : null, CommentKind.Comment, Standing.Shown, null, i % 300 == 0 ? "Busy" : $"Reader {i}", i % 300 == 0 ? "busy@example.org" : $"reader{i}@example.org", "",
            $"10.0.{i / 250}.{i % 250}", Start.AddMinutes(i), Local(Start.AddMinutes(i)), $"Words {i}.", SafeHtml.FromStore($"<p>Words {i}.</p>"), null),
        new ThreadPlace((i % 10) + 1, 0, 0, ThreadPath.Root, null, 0, 0));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    public sealed class OnSqlite(SqliteSite site) : QueryPlanTests(site, "EXPLAIN QUERY PLAN", countsFirst: false), IClassFixture<SqliteSite>
    {
        private static readonly string[] Public = ["ix_articles_status_published_at (status=?)", "ix_articles_kind_status_published_local_id (kind=? AND status=?)", "ix_comments_standing_at (standing=?)"];

        protected override bool Walks(string plan, bool newestMayBe) =>
            plan.Split('\n').Any(l => l is "SCAN a" or "SCAN c" || l.StartsWith("SCAN a ", StringComparison.Ordinal) || l.StartsWith("SCAN c ", StringComparison.Ordinal))
            || ((!newestMayBe || plan.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal)) && Array.Exists(Public, p => plan.Contains(p, StringComparison.Ordinal)));
    }

    public sealed class OnPostgres(PostgresSite site) : QueryPlanTests(site, "EXPLAIN", countsFirst: true), IClassFixture<PostgresSite>
    {
        protected override bool Walks(string plan, bool newestMayBe) => plan.Contains("Seq Scan on comments", StringComparison.Ordinal) || plan.Contains("Seq Scan on articles a ", StringComparison.Ordinal);
    }
}
