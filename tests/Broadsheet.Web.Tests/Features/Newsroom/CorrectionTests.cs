using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>What readers are told of a change, and what they are not.</summary>
public abstract class CorrectionTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_correction_stands_at_the_foot_with_its_words_before_and_after()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, url) = await PublishAsync(ed, "Ferry fares", "The fare is two crowns.");
        await ChangeAsync(ed, id, "The fare is three crowns.", "correction", "The fare was wrong.");

        using var reader = site.NewReader();
        var page = await reader.OpenAsync(url);

        Assert.StartsWith("Corrected on ", page.QuerySelector(".changes li")!.TextContent.Trim());
        Assert.Contains("The fare was wrong.", page.QuerySelector(".changes li")!.TextContent);
        Assert.Contains("CorrectionComment", page.QuerySelector("script[type='application/ld+json']")!.TextContent);
        Assert.Contains("dateModified", page.QuerySelector("script[type='application/ld+json']")!.TextContent);
        var change = await reader.OpenAsync(page.QuerySelector(".changes a")!.GetAttribute("href")!);
        Assert.Equal("two", change.QuerySelector(".change-text del")!.TextContent);
        Assert.Equal("three", change.QuerySelector(".change-text ins")!.TextContent);
        Assert.Contains("noindex", change.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains("corrected", (await ed.OpenAsync("/newsroom/articles/?q=ferry+fares")).QuerySelector(".rows .facts")!.TextContent);
        Assert.Contains("correction: The fare was wrong.", (await ed.OpenAsync($"/newsroom/articles/{id}/revisions/")).QuerySelector(".rows .facts")!.TextContent);
    }

    [Fact]
    public async Task Feeds_say_when_an_article_was_changed()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, url) = await PublishAsync(ed, "Feeds hear of it", "Old words.", ("date", "2024-05-01T10:00"));
        await ChangeAsync(ed, id, "New words.", "update", "More is known.");

        using var reader = site.NewReader();
        var feed = await (await reader.GetAsync("/feed/atom/")).Content.ReadAsStringAsync();

        var entry = feed[feed.IndexOf("Feeds hear of it", StringComparison.Ordinal)..];
        var updated = entry[(entry.IndexOf("<updated>", StringComparison.Ordinal) + 9)..][..10];
        Assert.NotEqual("2024-05-01", updated);
        Assert.StartsWith("Updated on ", (await reader.OpenAsync(url)).QuerySelector(".changes li")!.TextContent.Trim());
    }

    [Fact]
    public async Task Of_a_small_change_readers_hear_nothing_and_see_no_earlier_words()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, url) = await PublishAsync(ed, "A comma", "Secret first words.");
        await ChangeAsync(ed, id, "Better words.", "small", "");
        var revision = await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == id).Select(r => r.Id).SingleAsync());

        using var reader = site.NewReader();
        using var answer = await reader.GetAsync($"/corrections/{revision}/");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null((await reader.OpenAsync(url)).QuerySelector(".changes"));
    }

    [Fact]
    public async Task A_correction_of_what_readers_cannot_see_is_not_shown()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, _) = await PublishAsync(ed, "Withdrawn later", "Words one.");
        await ChangeAsync(ed, id, "Words two.", "correction", "A number.");
        var revision = await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == id).Select(r => r.Id).SingleAsync());
        using var reader = site.NewReader();
        using var before = await reader.GetAsync($"/corrections/{revision}/");
        using var away = await ed.SubmitAsync($"/newsroom/articles/{id}/", [], ("deed", "draft"), "form.editor");

        using var after = await reader.GetAsync($"/corrections/{revision}/");

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }

    [Theory]
    [InlineData("Other words.", "", "Say in a sentence")]
    [InlineData("The same words.", "Something.", "as they were")]
    public async Task A_correction_says_what_changed_and_changes_something(string body, string note, string problem)
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, _) = await PublishAsync(ed, $"Needs a note {note}", "The same words.");

        using var answer = await ed.SubmitAsync($"/newsroom/articles/{id}/", [new("body", body), new("change", "correction"), new("change_note", note)], ("deed", "update"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(problem, (await StaffClient.PageOf(answer)).QuerySelector("#f-change_note-problem")!.TextContent);
        Assert.Null(await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Changes).SingleAsync()));
    }

    [Fact]
    public async Task What_must_be_mended_stands_above_with_the_way_to_its_field()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", ""), new("body", "Words."), new("date", "yesterday"), new("canonical_url", "nowhere")], ("deed", "publish"), "form.editor");

        var page = await StaffClient.PageOf(answer);
        var links = page.QuerySelectorAll(".problem.summary a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(["#f-canonical_url", "#f-date", "#f-title"], links.Order(StringComparer.Ordinal));
        Assert.All(links, link => Assert.NotNull(page.QuerySelector(link)));
    }

    [Fact]
    public async Task A_note_on_a_change_that_was_none_is_no_loss()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var (id, _) = await PublishAsync(ed, "Nothing is lost", "Words.");
        var address = $"/newsroom/articles/{id}/";
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await ed.OpenAsync(address)).QuerySelector("form.editor")!;

        form.SetAttribute("action", $"{address}autosave/");
        using var kept = await ed.SendAsync(form, address, [new("change", "correction"), new("change_note", "A number."), new("words", "1")]);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Null((await ed.OpenAsync(address)).QuerySelector("[data-kept]"));

        using var more = await ed.SendAsync(form, address, [new("body", "Other words."), new("change", "correction"), new("change_note", "A number."), new("words", "1")]);
        Assert.NotNull((await ed.OpenAsync(address)).QuerySelector("[data-kept]"));
    }

    [Fact]
    public async Task What_readers_do_not_see_of_a_headline_is_said()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var plain = await ed.WriteAsync("Fish < meat, <em>and</em> bread", "publish");
        Assert.DoesNotContain("Of the headline", (await ed.OpenAsync($"/newsroom/articles/{plain}/")).QuerySelector(".notice p")!.TextContent, StringComparison.Ordinal);

        var id = await ed.WriteAsync("A <marquee>quiet</marquee> street", "publish");

        Assert.Contains("Of the headline readers see “A quiet street”", (await ed.OpenAsync($"/newsroom/articles/{id}/")).QuerySelector(".notice p")!.TextContent);
    }

    private async Task<(long Id, string Url)> PublishAsync(StaffClient ed, string title, string body, params (string Name, string Value)[] more)
    {
        var id = await ed.WriteAsync(title, "publish", [new("body", body), .. more.Select(m => KeyValuePair.Create(m.Name, (string?)m.Value))]);
        using var reader = site.NewReader();
        using var answer = await reader.GetAsync($"/?p={id}");
        return (id, answer.Headers.Location!.OriginalString);
    }

    private static async Task ChangeAsync(StaffClient ed, long id, string body, string change, string note)
    {
        using var answer = await ed.SubmitAsync($"/newsroom/articles/{id}/", [new("body", body), new("change", change), new("change_note", note)], ("deed", "update"), "form.editor");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public sealed class OnSqlite(SqliteSite site) : CorrectionTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : CorrectionTests(site), IClassFixture<PostgresSite>;
}
