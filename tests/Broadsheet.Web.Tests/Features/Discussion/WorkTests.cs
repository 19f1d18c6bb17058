using System.Globalization;
using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>A flood begins and ends by itself; while it lasts, newcomers' browsers work out a sum, and what comes without it waits.</summary>
public abstract class WorkTests(BroadsheetSite site, ShiftedClock clock) : IAsyncLifetime
{
    private const int Usual = 5;
    private static int _people;

    public async ValueTask InitializeAsync()
    {
        // What the test before sent is long ago.
        clock.Ahead += TimeSpan.FromHours(3);
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, WorkAlways = false, WorkFrom = Usual, WorkBits = WorkProof.LeastBits, CheckModes = new() { ["work"] = CheckMode.Act } });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_flood_begins_by_itself_asks_newcomers_for_a_sum_and_ends()
    {
        var article = await site.PublishAsync("Flooded by strangers");
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        Assert.Equal(0, (await AskAsync(article)).Bits);

        for (var i = 0; i < Usual; i++) Assert.Equal(Standing.Shown, (await SayAsync(article, $"Usual {i}.", $"usual{i}@example.org")).Standing);
        var first = await SayAsync(article, "One too many.", "many@example.org");
        var known = await SayAsync(article, "I was here before.", "usual0@example.org");
        var work = await AskAsync(article);
        var solved = await SayAsync(article, "I did the sum.", "solver@example.org", work);
        var replayed = await SayAsync(article, "I do it with the same sum.", "replay@example.org", work);
        using var staff = await StaffClient.SignInAsync(site, Role.Author);
        using var staffSaid = await staff.Browser.CommentAsync(article.Path, "From the staff.");

        Assert.Equal((Standing.Held, Standing.Shown, Standing.Shown, Standing.Held), (first.Standing, known.Standing, solved.Standing, replayed.Standing));
        Assert.Equal("It came during a flood, without the browser's sum.", ReasonOf(first));
        Assert.Contains("another comment came with before", ReasonOf(replayed), StringComparison.Ordinal);
        Assert.Equal(Standing.Shown, (await site.ReadAsync(db => db.Comments.SingleAsync(c => c.ArticleId == article.Id && c.Body == "From the staff."))).Standing);
        Assert.Contains("\"bits\":0", await staff.Browser.ReadAsync($"/wp-json/broadsheet/v1/work?post={article.Id}"), StringComparison.Ordinal);
        foreach (var page in (string[])["/newsroom/", "/newsroom/comments/", "/newsroom/settings/screening/"])
            Assert.Contains($"more than {Usual} comments came from newcomers", (await admin.OpenAsync(page)).QuerySelector(".flood")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("during a flood, without the browser's sum", (await admin.OpenAsync("/newsroom/comments/")).Body!.TextContent, StringComparison.Ordinal);

        clock.Ahead += AttackWatch.Lasts - TimeSpan.FromMinutes(1);
        Assert.Equal(WorkProof.LeastBits, (await AskAsync(article)).Bits);
        clock.Ahead += TimeSpan.FromMinutes(3);
        Assert.Equal(0, (await AskAsync(article)).Bits);
        Assert.Equal(Standing.Shown, (await SayAsync(article, "After the flood.", "after@example.org")).Standing);
        Assert.Null((await admin.OpenAsync("/newsroom/comments/")).QuerySelector(".flood"));
    }

    [Fact]
    public async Task One_network_that_is_turned_away_has_nobody_else_work()
    {
        var article = await site.PublishAsync("Turned away");
        await site.SetAsync(p => p with { WorkFrom = 5 });
        using var flooder = site.ReaderFrom("203.0.113.77");

        var refused = 0;
        for (var i = 0; i < ShiftedSites.OfNetwork + 40; i++)
            using (var answer = await flooder.PostAsync("/wp-comments-post.php", [new("comment_post_ID", "0"), new("comment", $"Flood {i}.")]))
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused++;

        Assert.InRange(refused, 15, 40);
        Assert.Equal(0, (await AskAsync(article)).Bits);
    }

    [Fact]
    public async Task What_is_turned_away_of_all_networks_together_counts()
    {
        var article = await site.PublishAsync("Turned away together");
        await site.SetAsync(p => p with { WorkFrom = 5 });

        var refused = 0;
        // Each network within its own limit, and more than all may send at once.
        await Parallel.ForAsync(0, ShiftedSites.Together * 3 + 30, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            using var one = site.ReaderFrom($"198.18.{i % 250}.1");
            using var answer = await one.PostAsync("/wp-comments-post.php", [new("comment_post_ID", "0"), new("comment", $"Flood {i}.")]);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref refused);
        });

        Assert.True(refused > 5, $"{refused} were turned away");
        Assert.Equal(WorkProof.LeastBits, (await AskAsync(article)).Bits);
    }

    [Fact]
    public async Task At_all_times_where_the_publication_wishes_so_and_each_tab_has_its_own()
    {
        await site.SetAsync(p => p with { WorkAlways = true });
        var article = await site.PublishAsync("Always");

        var (one, other) = (await AskAsync(article), await AskAsync(article));

        Assert.NotEqual(one.Token, other.Token);
        Assert.Equal(Standing.Shown, (await SayAsync(article, "From one tab.", "tabs@example.net", one)).Standing);
        Assert.Equal(Standing.Shown, (await SayAsync(article, "From the other.", "tabs@example.org", other)).Standing);
        var without = await SayAsync(article, "From a text browser.", "text@example.org");
        Assert.Equal((Standing.Held, "It came from somebody new here, without the browser's sum."), (without.Standing, ReasonOf(without)));
    }

    [Fact]
    public async Task What_is_no_solution_waits_and_is_never_refused()
    {
        await site.SetAsync(p => p with { WorkAlways = true });
        var article = await site.PublishAsync("No solution");
        var (work, late) = (await AskAsync(article), await AskAsync(article));

        var wrong = await SayAsync(article, "A wrong number.", "wrong@example.org", work with { Solution = Unsolved(work) });
        var noNumber = await SayAsync(article, "No number.", "none@example.org", work with { Solution = new string('0', 100_000) });
        // The token of a page that all readers share asks for no sum, so no number solves it.
        using var reader = site.NewReader();
        var shared = (await reader.OpenAsync(article.Path)).QuerySelector("input[name=reply_token]")!.GetAttribute("value")!;
        var easy = await SayAsync(article, "With a sum of no bits.", "easy@example.org", new Work(1, shared, ""));
        var still = await SayAsync(article, "The right one is not used up by wrong ones.", "right@example.org", work);
        clock.Ahead += WorkGate.ValidFor + TimeSpan.FromMinutes(1);
        var tooLate = await SayAsync(article, "An hour later.", "late@example.org", late);

        Assert.Equal((Standing.Held, Standing.Held, Standing.Held, Standing.Shown, Standing.Held), (wrong.Standing, noNumber.Standing, easy.Standing, still.Standing, tooLate.Standing));
        Assert.All([wrong, noNumber, easy], c => Assert.Contains("a wrong sum", ReasonOf(c), StringComparison.Ordinal));
        Assert.Contains("run out", ReasonOf(tooLate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sum_of_another_article_or_of_ten_megabytes_stores_nothing()
    {
        await site.SetAsync(p => p with { WorkAlways = true });
        var (article, other) = (await site.PublishAsync("This"), await site.PublishAsync("That"));
        var work = await AskAsync(other);
        using var reader = site.NewReader();

        using var elsewhere = await reader.CommentAsync(article.Path, "With the sum of that.", "Elsa", "elsa@example.org", [new("reply_token", work.Token), new("work", work.Solution)]);
        using var huge = await reader.CommentAsync(article.Path, "With ten megabytes.", "Hugo", "hugo@example.org", [new("work", new string('0', 10 << 20))]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (elsewhere.StatusCode, huge.StatusCode));
        Assert.Contains("With the sum of that.", (await StaffClient.PageOf(elsewhere)).QuerySelector("#comment")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id)));
    }

    [Fact]
    public async Task Only_advised_it_is_marked_and_turned_off_nothing_is_asked()
    {
        await site.SetAsync(p => p with { WorkAlways = true, CheckModes = new() { ["work"] = CheckMode.Advise } });
        var article = await site.PublishAsync("Advised");

        var advised = await SayAsync(article, "Without.", "advised@example.org");
        using var reader = site.NewReader();
        var asks = (await reader.OpenAsync(article.Path)).QuerySelector("#commentform")!.GetAttribute("data-work");
        Assert.Contains("work out a sum", await reader.ReadAsync("/privacy/comments/"), StringComparison.Ordinal);
        await site.SetAsync(p => p with { CheckModes = [] });
        Assert.DoesNotContain("work out a sum", await reader.ReadAsync("/privacy/comments/"), StringComparison.Ordinal);
        var off = await SayAsync(article, "Off.", "off@example.org");

        Assert.Equal((Standing.Shown, Standing.Shown), (advised.Standing, off.Standing));
        Assert.Contains("without the browser's sum", ReasonOf(advised), StringComparison.Ordinal);
        Assert.Equal($"/wp-json/broadsheet/v1/work?post={article.Id}", asks);
        Assert.Null((await reader.OpenAsync(article.Path)).QuerySelector("#commentform")!.GetAttribute("data-work"));
        Assert.Equal(0, (await AskAsync(article)).Bits);
        Assert.Null(off.Screening);
    }

    private async Task<Work> AskAsync(PublishedArticle article)
    {
        using var reader = site.NewReader();
        using var answer = await reader.GetAsync($"/wp-json/broadsheet/v1/work?post={article.Id}");
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var work = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var (bits, token) = (work.GetProperty("bits").GetInt32(), work.GetProperty("token").GetString() ?? "");
        if (bits > 0) Assert.Equal(WorkProof.SeedOf(token), work.GetProperty("seed").GetString());
        return new Work(bits, token, bits == 0 ? "" : Numbers().First(n => WorkProof.IsSolved(token, n, bits)));
    }

    private static string Unsolved(Work work) => Numbers().First(n => !WorkProof.IsSolved(work.Token, n, work.Bits));

    private static IEnumerable<string> Numbers() => Enumerable.Range(1, int.MaxValue - 1).Select(n => $"{n:x16}");

    private async Task<Comment> SayAsync(PublishedArticle article, string words, string email, Work? work = null)
    {
        using var reader = site.ReaderFrom($"10.{Interlocked.Increment(ref _people)}.0.1");
        using var posted = await reader.CommentAsync(article.Path, words, "Stranger", email, work is null ? null : [new("reply_token", work.Token), new("work", work.Solution.Length > 0 ? work.Solution : Numbers().First())]);
        Assert.True(posted.StatusCode == HttpStatusCode.Found, $"{words} {(int)posted.StatusCode}");
        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1], CultureInfo.InvariantCulture);
        return await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == id));
    }

    private static string ReasonOf(Comment comment) => Assert.Single(ScreeningNote.Read(comment.Screening), r => r.Check == "work").Reason;

    private sealed record Work(int Bits, string Token, string Solution);

    public sealed class OnSqlite(ShiftedSqliteSite site) : WorkTests(site, site.Clock), IClassFixture<ShiftedSqliteSite>;

    public sealed class OnPostgres(ShiftedPostgresSite site) : WorkTests(site, site.Clock), IClassFixture<ShiftedPostgresSite>;
}
