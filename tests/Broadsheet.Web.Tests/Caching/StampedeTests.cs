using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>What waits at the door when a page has to be made anew.</summary>
public abstract class StampedeTests(BroadsheetSite site)
{
    private const int Readers = 200;

    [Fact]
    public async Task After_a_comment_two_hundred_readers_at_once_cause_one_rendering()
    {
        await site.SettleAsync();
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("The hottest");
        using var writer = site.NewReader();
        using (var first = await writer.CommentAsync(article.Path, "Words before.")) Assert.Equal(302, (int)first.StatusCode);
        // Each has a connection already, so that all ask at the same moment.
        var readers = Enumerable.Range(0, Readers).Select(_ => site.NewReader()).ToList();
        await Task.WhenAll(readers.Select(r => r.ReadAsync(article.Path)));

        for (var round = 0; round < 3; round++)
        {
            var words = $"Words of round {round}.";
            using (var comment = await writer.CommentAsync(article.Path, words)) Assert.Equal(302, (int)comment.StatusCode);
            site.Statements.Reset();
            using var gate = new SemaphoreSlim(0);
            var asked = readers.Select(async r =>
            {
                await gate.WaitAsync();
                return await r.ReadAsync(article.Path);
            }).ToList();
            gate.Release(Readers);

            Assert.All(await Task.WhenAll(asked), page => Assert.Contains(words, page, StringComparison.Ordinal));
            // One rendering sends each of its statements once.
            Assert.InRange(site.Statements.Statements.Count, 1, 4);
            Assert.Distinct(site.Statements.Statements);
        }
        foreach (var reader in readers) reader.Dispose();
    }

    public sealed class OnSqlite(SqliteSite site) : StampedeTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : StampedeTests(site), IClassFixture<PostgresSite>;
}
