using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Features.Transfer;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>Every export that lies beside the repository, all into one publication, so that ids of one site meet those of another. The largest only in the full run.</summary>
public abstract class ImportSharedTests(BroadsheetSite site)
{
    private const int Large = 500_000;

    [Fact]
    public async Task All_of_them_come_in_with_the_counts_of_the_manifest_and_a_second_time_change_nothing()
    {
        foreach (var entry in SharedExports.All().Where(e => Suite.IsFull || new FileInfo(e.File).Length < Large))
        {
            if (!entry.IsWellFormed)
            {
                var before = await site.DumpAsync();
                var problem = await Assert.ThrowsAsync<WxrFormatException>(() => site.ImportAsync(new ImportRequest(entry.File)));
                Assert.True(problem.Error.Line > 0, entry.Name);
                Assert.Equal(before, await site.DumpAsync());
                continue;
            }
            var first = (await site.ImportAsync(new ImportRequest(entry.File))).Progress;
            // The manifest counts one file by prefixes, which say nothing: it uses several for one namespace.
            if (!entry.Name.EndsWith("namespace-edge-cases.xml", StringComparison.Ordinal))
            {
                Assert.Equal((entry.Name, entry.Posts, entry.Pages, entry.Attachments, entry.Comments), (entry.Name, (int)first.Posts.Read, (int)first.Pages.Read, (int)first.Attachments.Read, (int)first.Comments.Read));
                Assert.Equal((entry.Name, entry.Categories, entry.Tags, entry.Terms, entry.Authors), (entry.Name, (int)first.Categories.Read, (int)first.Tags.Read, (int)first.Terms.Read, (int)first.Authors.Read));
            }
            AssertSums(first, entry.Name);
            // Another export's hosts are the publication's own from now on: earlier bodies are rendered with them in the background.
            await site.RenderAgainAsync();
            var after = await site.DumpAsync();
            var second = (await site.ImportAsync(new ImportRequest(entry.File))).Progress;
            AssertSums(second, entry.Name);
            foreach (var (one, two) in Kinds(first).Zip(Kinds(second)))
                Assert.True(two.Count.Written == 0 && two.Count.Present == one.Count.Written + one.Count.Present && two.Count.Skipped == one.Count.Skipped, $"{entry.Name} {one.Kind}");
            Assert.Equal(after, await site.DumpAsync());
        }
    }

    [Fact]
    public async Task What_the_import_renders_the_job_renders_the_same()
    {
        foreach (var entry in SharedExports.All().Where(e => e.IsWellFormed && e.Posts + e.Pages > 20).OrderByDescending(e => e.Posts).Take(Suite.IsFull ? 6 : 2))
        {
            await using var own = NewSite();
            await own.InitializeAsync();
            await own.ImportAsync(new ImportRequest(entry.File));
            var before = await own.ReadAsync(db => db.Articles.OrderBy(a => a.Id).Select(a => new { a.Id, a.BodyHtml, a.Summary }).ToListAsync());

            await own.SetAsync(p => p with { RenderedWith = "an older version" });
            await own.RenderAgainAsync();

            var after = await own.ReadAsync(db => db.Articles.OrderBy(a => a.Id).Select(a => new { a.Id, a.BodyHtml, a.Summary }).ToListAsync());
            Assert.True(before.Count > 20, entry.Name);
            foreach (var (one, two) in before.Zip(after)) Assert.Equal((entry.Name, one.Id, one.BodyHtml, one.Summary), (entry.Name, two.Id, two.BodyHtml, two.Summary));
        }
    }

    protected abstract BroadsheetSite NewSite();

    private static void AssertSums(ImportProgress progress, string name) => Assert.All(Kinds(progress), k => Assert.True(k.Count.Read == k.Count.Written + k.Count.Present + k.Count.Skipped, $"{name}: {k.Kind} {k.Count.Read} {k.Count.Written} {k.Count.Present} {k.Count.Skipped}"));

    private static IEnumerable<(string Kind, KindCount Count)> Kinds(ImportProgress p) =>
        [("posts", p.Posts), ("pages", p.Pages), ("attachments", p.Attachments), ("other", p.Other), ("comments", p.Comments), ("categories", p.Categories), ("tags", p.Tags), ("terms", p.Terms), ("authors", p.Authors)];

    public sealed class OnSqlite(SqliteSite site) : ImportSharedTests(site), IClassFixture<SqliteSite>
    {
        protected override BroadsheetSite NewSite() => new SqliteSite();
    }

    public sealed class OnPostgres(PostgresSite site) : ImportSharedTests(site), IClassFixture<PostgresSite>
    {
        protected override BroadsheetSite NewSite() => new PostgresSite();
    }
}
