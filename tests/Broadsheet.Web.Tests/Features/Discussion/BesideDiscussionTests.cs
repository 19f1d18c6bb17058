using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Discussion;

/// <summary>What the staff says beside discussions: guidelines, an announcement, a note on an article.</summary>
public abstract class BesideDiscussionTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Rules = "/newsroom/settings/screening/";

    public async ValueTask InitializeAsync() => await site.SetAsync(p => new Publication { Secret = p.Secret, Title = p.Title });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_written_stands_on_pages_that_were_kept_and_what_is_empty_does_not()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        var article = await site.PublishAsync("Beside a discussion");
        using var reader = site.NewReader();
        var bare = await reader.ReadAsync(article.Path);
        Assert.DoesNotContain("class=\"said\"", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("guidelines", bare, StringComparison.Ordinal);
        using var none = await reader.GetAsync("/discussion/guidelines/");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.DoesNotContain("/discussion/guidelines/", await reader.ReadAsync("/privacy/comments/"), StringComparison.Ordinal);

        using var saved = await admin.SubmitAsync(Rules, [new("guidelines_title", "How we <talk>"), new("guidelines", "Be *kind*.\n\n- Stay on the subject\n\n<script>alert(1)</script>"), new("announcement", "The **council** votes today. <img src=x onerror=alert(1)>"), new("announcement_until", "2099-12-31T23:00")], null, "form.settings");
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);

        var page = await reader.OpenAsync(article.Path);
        var guidelines = page.QuerySelector("#respond details.guidelines:not([open])")!;
        Assert.Equal("How we <talk>", guidelines.QuerySelector("summary")!.TextContent);
        Assert.NotNull(guidelines.QuerySelector("ul > li"));
        var said = Assert.Single(page.QuerySelectorAll("#comments .said"));
        Assert.Equal("council", said.QuerySelector("strong")!.TextContent);
        Assert.Null(page.QuerySelector("#comments .said script, #comments .said img, details.guidelines script"));
        Assert.Equal("How we <talk>", (await reader.OpenAsync("/discussion/guidelines/")).QuerySelector("h1")!.TextContent);
        Assert.Equal("How we <talk>", (await reader.OpenAsync("/privacy/comments/")).QuerySelector("a[href='/discussion/guidelines/']")!.TextContent);
        Assert.Equal("2099-12-31T23:00", (await admin.OpenAsync(Rules)).QuerySelector("#f-announcement_until")!.GetAttribute("value"));

        using var cleared = await admin.SubmitAsync(Rules, [new("guidelines", " "), new("announcement", "")], null, "form.settings");
        Assert.Equal(bare.Length, (await reader.ReadAsync(article.Path)).Length);
    }

    [Fact]
    public async Task An_announcement_ends_by_itself_and_costs_no_statement()
    {
        var article = await site.PublishAsync("An announcement");
        using var reader = site.NewReader();
        await site.SetAsync(p => p with { Announcement = "Until yesterday.", AnnouncementUntil = DateTimeOffset.UnixEpoch });
        await site.SettleAsync();
        Assert.DoesNotContain("Until yesterday.", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
        var without = await CountAsync(() => reader.ReadAsync($"{article.Path}?order=newest"));

        await site.SetAsync(p => p with { Announcement = "Until long after.", AnnouncementUntil = DateTimeOffset.MaxValue, Guidelines = "Be kind." });

        Assert.Contains("Until long after.", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
        var with = await CountAsync(() => reader.ReadAsync($"{article.Path}?order=newest"));
        Assert.Equal(without, with);
        Assert.False((new Publication { Announcement = "x", AnnouncementUntil = DateTimeOffset.UnixEpoch }).IsAnnouncing(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task An_article_has_a_note_of_its_own_above_its_discussion()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("With a note", "publish", new("discussion_note", "The author answers *until noon*."), new("slow_seconds", "5"));
        using var reader = site.NewReader();
        using var found = await reader.GetAsync($"/?p={id}");
        var path = found.Headers.Location!.OriginalString;

        Assert.Equal("until noon", (await reader.OpenAsync(path)).QuerySelector("#comments .said em")!.TextContent);
        // The preset of a breaking story leaves it alone.
        using var pressed = await editor.SubmitAsync($"/newsroom/articles/{id}/", [], null, "form#breaking");
        Assert.Contains("The author answers", await reader.ReadAsync(path), StringComparison.Ordinal);
        using var tooLong = await editor.SubmitAsync($"/newsroom/articles/{id}/", [new("discussion_note", new string('x', 501))], ("deed", "publish"), "form.editor");
        Assert.Contains("501 characters; up to 500 fit", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var cleared = await editor.SubmitAsync($"/newsroom/articles/{id}/", [new("discussion_note", "")], ("deed", "publish"), "form.editor");
        Assert.DoesNotContain("class=\"said\"", await reader.ReadAsync(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01T00:00")]
    [InlineData("9999-12-31T23:59")]
    public async Task A_time_that_no_clock_shows_is_told_at_its_field(string written)
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var wrong = await admin.SubmitAsync(Rules, [new("announcement_until", written)], null, "form.settings");
        using var article = await admin.SubmitAsync("/newsroom/articles/new/", [new("title", "Out of time"), new("body", "Words."), new("date", written)], ("deed", "publish"), "form.editor");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (wrong.StatusCode, article.StatusCode));
        Assert.Contains("in a year from 1000 to 9998", (await StaffClient.PageOf(wrong)).QuerySelector("#f-announcement_until-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("in a year from 1000 to 9998", (await StaffClient.PageOf(article)).QuerySelector("#f-date-problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_or_no_moment_is_told_and_nothing_is_saved()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var wrong = await admin.SubmitAsync(Rules, [new("guidelines", new string('x', 5_001)), new("guidelines_title", ""), new("announcement", new string('y', 501)), new("announcement_until", "tomorrow")], null, "form.settings");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var page = await StaffClient.PageOf(wrong);
        Assert.All(["guidelines", "guidelines_title", "announcement", "announcement_until"], field => Assert.NotNull(page.QuerySelector($"#f-{field}-problem")));
        Assert.Equal("tomorrow", page.QuerySelector("#f-announcement_until")!.GetAttribute("value"));
    }

    private async Task<int> CountAsync(Func<Task> work)
    {
        site.Statements.Reset();
        await work();
        return site.Statements.Statements.Count;
    }

    public sealed class OnSqlite(SqliteSite site) : BesideDiscussionTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : BesideDiscussionTests(site), IClassFixture<PostgresSite>;
}
