using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>An article in another language than the publication's says so wherever its words stand.</summary>
public abstract class LanguageTests(BroadsheetSite site)
{
    [Fact]
    public async Task An_articles_language_is_on_its_page_in_lists_in_structured_data_and_in_feeds()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("Der Hafen ist \"wieder\" offen", "publish", new("language", "DE-at"), new("new_category", "Ports"), new("outlet", "Die Küste"), new("original_url", "https://kueste.example/hafen"));
        using var reader = site.NewReader();

        var page = await reader.OpenAsync(await PathOf(id));

        var article = page.QuerySelector("article.h-entry")!;
        Assert.Equal("de-AT", article.GetAttribute("lang"));
        Assert.Equal("ltr", article.QuerySelector("h1")!.GetAttribute("dir"));
        Assert.Equal("en", article.QuerySelector("footer")!.GetAttribute("lang"));
        Assert.Equal("en", article.QuerySelector(".credit")!.GetAttribute("lang"));
        Assert.Equal("Der Hafen ist „wieder“ offen", article.QuerySelector("h1")!.TextContent);
        Assert.Contains("\"inLanguage\":\"de-AT\"", page.QuerySelector("script[type='application/ld+json']")!.TextContent, StringComparison.Ordinal);
        var entry = (await reader.OpenAsync("/category/ports/")).QuerySelector($"#post-{id}")!;
        Assert.Equal(("de-AT", "de-AT"), (entry.QuerySelector("h2")!.GetAttribute("lang"), entry.QuerySelector(".entry-summary")!.GetAttribute("lang")));
        foreach (var (feed, words) in new[] { ("/category/ports/feed/", "<dc:language>de-AT</dc:language>"), ("/category/ports/feed/atom/", "<entry xml:lang=\"de-AT\">"), ("/category/ports/feed/rdf/", "<dc:language>de-AT</dc:language>") })
            Assert.Contains(words, await reader.Http.GetStringAsync(new Uri(feed, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("de-AT", (await editor.OpenAsync($"/newsroom/articles/{id}/")).QuerySelector("#f-language")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Its_headline_says_so_among_what_is_found_and_beside_its_neighbours()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var before = await editor.WriteAsync("Quaywords first", "publish", new KeyValuePair<string, string?>("date", "2020-02-01T08:00"));
        var id = await editor.WriteAsync("Quaywords auf Deutsch", "publish", new("language", "de"), new("date", "2020-02-02T08:00"));
        await site.IndexAsync();
        using var reader = site.NewReader();

        var hits = (await reader.OpenAsync("/?s=quaywords")).QuerySelectorAll("article.hit").ToDictionary(h => h.QuerySelector("bdi")!.TextContent, h => (h.QuerySelector("bdi")!.GetAttribute("lang"), h.QuerySelector("p")!.GetAttribute("lang")), StringComparer.Ordinal);
        var next = (await reader.OpenAsync(await PathOf(before))).QuerySelector("a[rel=next] bdi")!;

        Assert.Equal(("de", "de"), hits["Quaywords auf Deutsch"]);
        Assert.Equal(((string?)null, (string?)null), hits["Quaywords first"]);
        Assert.Equal(("Quaywords auf Deutsch", "de"), (next.TextContent, next.GetAttribute("lang")));
        Assert.Null((await reader.OpenAsync(await PathOf(id))).QuerySelector("a[rel=prev] bdi")!.GetAttribute("lang"));
    }

    [Fact]
    public async Task Words_from_right_to_left_stand_so_in_a_publication_from_left_to_right()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("הנמל נפתח", "publish", new KeyValuePair<string, string?>("language", "he"));

        var article = (await editor.OpenAsync(await PathOf(id))).QuerySelector("article.h-entry")!;

        Assert.Equal(("he", "rtl", "rtl", null), (article.GetAttribute("lang"), article.QuerySelector("h1")!.GetAttribute("dir"), article.QuerySelector(".e-content")!.GetAttribute("dir"), article.GetAttribute("dir")));
    }

    [Fact]
    public async Task An_article_in_the_publications_language_says_nothing()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("Plain and English", "publish", new KeyValuePair<string, string?>("language", "en"));

        var page = await editor.OpenAsync(await PathOf(id));

        Assert.Null(page.QuerySelector("article.h-entry")!.GetAttribute("lang"));
        Assert.Null(page.QuerySelector("article.h-entry footer")!.GetAttribute("lang"));
    }

    [Fact]
    public async Task What_is_no_tag_is_refused_at_its_field()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await editor.SubmitAsync("/newsroom/articles/new/", [new("title", "Not a tag"), new("body", "Words."), new("language", "german")], ("deed", "draft"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var field = (await StaffClient.PageOf(answer)).QuerySelector("#f-language")!;
        Assert.Equal(("german", "true"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "Not a tag")));
    }

    private Task<string> PathOf(long id) => site.ReadAsync(async db => await db.Articles.Where(a => a.Id == id).Select(a => new { a.Slug, At = a.PublishedLocal!.Value }).SingleAsync() is var a ? $"/{a.At:yyyy'/'MM'/'dd}/{Uri.EscapeDataString(a.Slug)}/" : "");

    public sealed class OnSqlite(SqliteSite site) : LanguageTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LanguageTests(site), IClassFixture<PostgresSite>;
}
