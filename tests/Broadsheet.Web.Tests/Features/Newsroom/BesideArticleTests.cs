using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>Notes of the staff, private previews, and the list's acts on many.</summary>
public abstract class BesideArticleTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_note_is_read_by_the_staff_and_mailed_to_whom_it_names_and_stands_on_no_public_page()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var name = await site.ReadAsync(db => db.Users.Where(u => u.Id == bob.Id).Select(u => u.DisplayName).SingleAsync());
        var id = await ann.WriteAsync("With a note", "publish");
        var path = $"/newsroom/articles/{id}/";

        using var answer = await ann.SubmitAsync(path, [new("note", $"xyzzy-secret: ask @{name}, and nobody@else.")], form: "#notes form");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains("xyzzy-secret", (await bob.OpenAsync(path)).QuerySelector("#notes .lines")!.TextContent);
        Assert.Equal([bob.Email], await site.ReadAsync(db => db.Mails.Where(m => m.Kind == MailKind.NoteNamesYou).Select(m => m.Email).ToListAsync()));
        using var reader = site.NewReader();
        foreach (var place in new[] { $"/?p={id}", "/", "/feed/", "/feed/atom/", "/comments/feed/", $"/wp-json/wp/v2/posts/{id}", "/wp-json/wp/v2/posts", "/wp-json/wp/v2/search?search=xyzzy", "/?s=xyzzy-secret", "/wp-sitemap-posts-post-1.xml" })
        {
            using var page = await reader.GetAsync(place);
            using var there = page.Headers.Location is { } to ? await reader.GetAsync(to.OriginalString) : null;
            var text = await (there ?? page).Content.ReadAsStringAsync();
            Assert.False(text.Replace("?s=xyzzy-secret", "", StringComparison.Ordinal).Contains("ask @", StringComparison.Ordinal), place);
        }
        using var taken = await bob.SubmitAsync(path, [], form: "#notes form");
        Assert.Equal(1, await site.ReadAsync(db => db.ArticleNotes.CountAsync(n => n.ArticleId == id)));
        using var back = await ann.SubmitAsync(path, [], form: "#notes .talk form");
        Assert.Equal(0, await site.ReadAsync(db => db.ArticleNotes.CountAsync(n => n.ArticleId == id)));
    }

    [Fact]
    public async Task A_preview_link_shows_a_draft_to_whoever_has_it_until_it_is_taken_back()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Seen early", "draft");
        var path = $"/newsroom/articles/{id}/";
        using var made = await ann.SubmitAsync(path, [], form: "#previews > form");
        var link = (await ann.OpenAsync(path)).QuerySelector("#previews .talk a")!.GetAttribute("href")!;

        using var reader = site.NewReader();
        using var early = await reader.GetAsync(link);
        var page = await StaffClient.PageOf(early);

        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        Assert.Equal("Seen early", page.QuerySelector("h1")!.TextContent);
        Assert.Null(page.QuerySelector(".preview-note a"));
        Assert.Contains("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains("noindex", string.Join(',', early.Headers.GetValues("X-Robots-Tag")));
        Assert.True(early.Headers.CacheControl!.NoStore);
        using var guessed = await reader.GetAsync("/preview/AAAA/");
        Assert.Equal(HttpStatusCode.NotFound, guessed.StatusCode);
        using var revoked = await ann.SubmitAsync(path, [], form: "#previews .talk form");
        using var late = await reader.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task A_preview_link_ends_after_a_week_and_leads_on_once_it_is_published()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Out soon", "draft");
        var path = $"/newsroom/articles/{id}/";
        using var made = await ann.SubmitAsync(path, [], form: "#previews > form");
        var link = (await ann.OpenAsync(path)).QuerySelector("#previews .talk a")!.GetAttribute("href")!;
        using var reader = site.NewReader();
        using var published = await ann.SubmitAsync(path, [], ("deed", "publish"), "form.editor");
        using var on = await reader.GetAsync(link);
        await site.Writes.RunAsync((scope, ct) => scope.Db.PreviewLinks.Where(l => l.ArticleId == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, scope.Now - TimeSpan.FromSeconds(1)), ct), CancellationToken.None);

        using var late = await reader.GetAsync(link);

        Assert.Equal(HttpStatusCode.Found, on.StatusCode);
        Assert.EndsWith("/out-soon/", on.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task Many_are_published_filed_and_thrown_away_at_once_and_all_of_it_is_taken_back()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        long[] ids = [await ann.WriteAsync("Bulk one", "draft"), await ann.WriteAsync("Bulk two", "draft"), await ann.WriteAsync("Bulk three", "publish")];
        var list = "/newsroom/articles/?q=bulk";

        var published = await DoAsync(ann, list, ids, "publish");
        Assert.Contains("2 published. One left as it was: published already.", published.QuerySelector(".notice")!.TextContent);
        Assert.Equal(3, await site.ReadAsync(db => db.Articles.CountAsync(a => ids.Contains(a.Id) && a.Status == Core.Publishing.ArticleStatus.Published)));
        await UndoAsync(ann, published);
        Assert.Equal(["Draft ", "Draft ", "Published x"], await site.ReadAsync(async db => (await db.Articles.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Status} {(a.PublishedAt is null ? "" : "x")}")));

        var tagged = await DoAsync(ann, list, ids, "tag", "Ships, boats");
        Assert.Equal((3, 1), await site.ReadAsync(async db => (await db.ArticleTerms.CountAsync(t => ids.Contains(t.ArticleId)), await db.Terms.Where(t => t.Name == "Ships, boats").Select(t => t.Articles).SingleAsync())));
        await UndoAsync(ann, tagged);
        Assert.Equal((0, 0), await site.ReadAsync(async db => (await db.ArticleTerms.CountAsync(t => ids.Contains(t.ArticleId)), await db.Terms.Where(t => t.Name == "Ships, boats").Select(t => t.Articles).SingleAsync())));

        await UndoAsync(ann, await DoAsync(ann, list, ids, "trash"));
        Assert.Equal(["Draft", "Draft", "Published"], await site.ReadAsync(async db => (await db.Articles.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync()).Select(a => a.Status.ToString())));
    }

    [Fact]
    public async Task Whoever_may_not_publish_does_not_do_it_to_many_and_not_by_taking_back_either()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var cat = await StaffClient.SignInAsync(site, Role.Contributor);
        var (own, others) = (await cat.WriteAsync("Cats bulk draft", "draft"), await ann.WriteAsync("Anns bulk draft", "draft"));

        var offered = (await cat.OpenAsync("/newsroom/articles/")).QuerySelectorAll("#bulk [name=do] option").Select(o => o.GetAttribute("value")).ToList();
        Assert.Equal(["", "category", "tag", "trash"], offered);
        var page = await DoAsync(cat, "/newsroom/articles/", [own, others], "publish");
        Assert.Contains("0 published. 2 left as they were: one not yours to publish; one not yours to change.", page.QuerySelector(".notice")!.TextContent);
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var undo = await cat.Browser.PostAsync("/newsroom/articles/bulk/undo/", [new("__RequestVerificationToken", token), new("was", $"{own}:Published:1700000000000"), new("was", $"{others}:Trashed:")]);

        Assert.Equal(HttpStatusCode.Found, undo.StatusCode);
        Assert.Equal(2, await site.ReadAsync(db => db.Articles.CountAsync(a => (a.Id == own || a.Id == others) && a.Status == Core.Publishing.ArticleStatus.Draft)));
    }

    [Fact]
    public async Task Tags_stand_one_a_line_and_may_have_commas()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Tagged", "draft", new KeyValuePair<string, string?>("tags", "Rome, Italy\nhistory"));

        Assert.Equal("Rome, Italy\nhistory".Split('\n').Order(StringComparer.Ordinal), ((IHtmlTextAreaElement)(await ann.OpenAsync($"/newsroom/articles/{id}/")).QuerySelector("[name=tags]")!).Value.Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("[\"Rome, Italy\"]", await ann.Browser.ReadAsync("/newsroom/articles/tags/?q=rome"));
    }

    [Fact]
    public async Task Own_articles_are_found_by_words_and_drafts_of_others_only_by_editors()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var cat = await StaffClient.SignInAsync(site, Role.Contributor);
        var (draft, _) = (await ann.WriteAsync("Quokka draft", "draft"), await ann.WriteAsync("Quokka published", "publish"));

        var (all, some) = (await ann.Browser.ReadAsync("/newsroom/articles/titles/?q=quokka"), await cat.Browser.ReadAsync("/newsroom/articles/titles/?q=QUOKKA"));

        Assert.Contains($"\"url\":\"/?p={draft}\"", all);
        Assert.Contains("/quokka-published/\"", some);
        Assert.DoesNotContain("draft", some);
    }

    private static async Task<IHtmlDocument> DoAsync(StaffClient person, string list, long[] ids, string act, string tag = "")
    {
        var page = await person.OpenAsync(list);
        var token = page.QuerySelector("#bulk input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var answer = await person.Browser.PostAsync("/newsroom/articles/bulk/", [new("__RequestVerificationToken", token), new("back", list), new("do", act), new("tag", tag), .. ids.Select(id => KeyValuePair.Create("id", $"{id}"))]);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await person.OpenAsync(answer.Headers.Location!.OriginalString);
    }

    private static async Task UndoAsync(StaffClient person, IHtmlDocument page)
    {
        using var answer = await person.SendAsync((IHtmlFormElement)page.QuerySelector(".notice form")!, "", []);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public sealed class OnSqlite(SqliteSite site) : BesideArticleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : BesideArticleTests(site), IClassFixture<PostgresSite>;
}
