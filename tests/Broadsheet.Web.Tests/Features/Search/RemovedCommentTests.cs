using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Search;

/// <summary>The index is a second behind; readers are not.</summary>
public abstract class RemovedCommentTests(BroadsheetSite site)
{
    [Theory]
    [InlineData(Standing.Trashed)]
    [InlineData(Standing.Held)]
    [InlineData(Standing.Spam)]
    public async Task A_comment_that_was_removed_is_found_no_more_from_that_moment_on(Standing standing)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var word = $"quince{standing.ToString().ToLowerInvariant()}";
        var article = await site.PublishAsync("A garden");
        using var reader = site.NewReader();
        using var answer = await reader.CommentAsync(article.Path, $"My {word} is ripe.", $"Gardener {standing}");
        var id = long.Parse(answer.Headers.Location!.OriginalString.Split("#comment-")[1], CultureInfo.InvariantCulture);
        await site.IndexAsync();
        Assert.Contains($"#comment-{id}", await reader.ReadAsync($"/?s={word}"), StringComparison.Ordinal);

        // With the decision, in one write, and with the index not told of it at all: the most that it can be behind.
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, ct), standing, ct);
            await scope.Db.SearchPending.ExecuteDeleteAsync(ct);
        }, CancellationToken.None);

        Assert.True(await site.ReadAsync(db => db.SearchDocuments.AnyAsync(d => d.CommentId == id)));
        Assert.DoesNotContain($"#comment-{id}", await reader.ReadAsync($"/?s={word}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_indexed_reaches_a_search_that_was_made_before()
    {
        using var reader = site.NewReader();
        Assert.DoesNotContain("A medlar orchard", await reader.ReadAsync("/?s=medlar"), StringComparison.Ordinal);

        await site.PublishAsync("A medlar orchard");
        await site.IndexAsync();

        await Eventually.SeesAsync(async () => (await reader.ReadAsync("/?s=medlar")).Contains("A medlar orchard", StringComparison.Ordinal));
    }

    public sealed class OnSqlite(SqliteSite site) : RemovedCommentTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RemovedCommentTests(site), IClassFixture<PostgresSite>;
}
