using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>The link that shows a writer their held comment: for a while, and only while it is held.</summary>
public abstract class HeldPreviewTests(BroadsheetSite site)
{
    [Theory]
    [InlineData(Standing.Held, true)]
    [InlineData(Standing.Spam, false)]
    [InlineData(Standing.Trashed, false)]
    public async Task The_link_shows_what_is_held_and_nothing_else(Standing standing, bool isShown)
    {
        await site.SetAsync(p => p with { HoldFirst = true, FloodSeconds = 0 });
        var article = await site.PublishAsync($"Held, then {standing}");
        using var writer = site.NewReader();
        using var answer = await writer.CommentAsync(article.Path, $"Waiting to be {standing}.", $"Writer {standing}", $"{standing}@example.org", [new("wp-comment-cookies-consent", "yes")]);
        var link = answer.Headers.Location!.OriginalString;
        var id = long.Parse(link.Split("#comment-")[1], CultureInfo.InvariantCulture);
        await site.Writes.RunAsync(async (scope, ct) => await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, ct), standing, ct), CancellationToken.None);
        using var stranger = site.NewReader();

        Assert.Equal(isShown, (await stranger.ReadAsync(link.Split('#')[0])).Contains($"Waiting to be {standing}.", StringComparison.Ordinal));
        // Its own writer sees it, and what became of it.
        var note = isShown ? "Awaiting review" : "Not published";
        var item = (await writer.OpenAsync(article.Path)).QuerySelector($"#comment-{id}.held")!;
        Assert.Contains(note, item.TextContent, StringComparison.Ordinal);
        Assert.Contains($"Waiting to be {standing}.", item.TextContent, StringComparison.Ordinal);
        Assert.Contains(note, await writer.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"), StringComparison.Ordinal);
        Assert.DoesNotContain($"Waiting to be {standing}.", await stranger.ReadAsync(article.Path), StringComparison.Ordinal);
    }

    public sealed class OnSqlite(SqliteSite site) : HeldPreviewTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : HeldPreviewTests(site), IClassFixture<PostgresSite>;
}

public sealed class ModerationHashesTests
{
    [Fact]
    public void A_hash_runs_out_and_is_for_one_comment()
    {
        var clock = new Clock();
        var hashes = new ModerationHashes(new EphemeralDataProtectionProvider(), clock);
        var hash = hashes.Make(42);

        Assert.True(hashes.IsRight(42, hash));
        Assert.False(hashes.IsRight(43, hash));
        clock.Now += ModerationHashes.ValidFor;
        Assert.True(hashes.IsRight(42, hash));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.False(hashes.IsRight(42, hash));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
