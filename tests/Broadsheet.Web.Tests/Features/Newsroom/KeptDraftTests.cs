using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>What an open editor tells the server: words that are not saved, and who is there.</summary>
public abstract class KeptDraftTests(BroadsheetSite site)
{
    private const string New = "/newsroom/articles/new/";

    [Fact]
    public async Task Words_that_were_not_saved_are_offered_to_who_wrote_them_and_published_by_nothing()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Kept words", "publish");
        var path = $"/newsroom/articles/{id}/";

        var answer = await KeepAsync(ann, path, ("title", "Kept words"), ("body", "Not saved yet."), ("format", "html"), ("comments_open", "1"), ("words", "1"));

        Assert.Matches("^[0-9]{2}:[0-9]{2}$", answer.GetProperty("at").GetString());
        Assert.Equal("Words of Kept words.", await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync()));
        Assert.Empty(await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == id).ToListAsync()));
        Assert.Null((await bob.OpenAsync(path)).QuerySelector("[data-kept]"));
        var page = await ann.OpenAsync(path);
        Assert.Equal("Words of Kept words.", ((IHtmlTextAreaElement)page.QuerySelector("#f-body")!).Value);
        var back = await ann.OpenAsync(page.QuerySelector("[data-kept] a")!.GetAttribute("href")!);
        Assert.Null(back.QuerySelector("[data-kept]"));
        Assert.Equal("Not saved yet.", ((IHtmlTextAreaElement)back.QuerySelector("#f-body")!).Value);
        Assert.True(((IHtmlInputElement)back.QuerySelector("[name=format][value=html]")!).IsChecked);
    }

    [Fact]
    public async Task They_are_gone_once_they_are_saved_or_not_wanted()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Kept, then saved", "draft");
        var path = $"/newsroom/articles/{id}/";
        await KeepAsync(ann, path, ("title", "Kept, then saved"), ("body", "First."), ("words", "1"));
        using var dropped = await ann.SubmitAsync(path, [], form: "[data-kept] form");
        Assert.Null((await ann.OpenAsync(path)).QuerySelector("[data-kept]"));

        var modified = (await ann.OpenAsync(path)).QuerySelector("[name=modified]")!.GetAttribute("value")!;
        await KeepAsync(ann, path, ("title", "Kept, then saved"), ("body", "Second."), ("modified", modified), ("words", "1"));
        Assert.NotNull((await ann.OpenAsync(path)).QuerySelector("[data-kept]"));
        using var saved = await ann.SubmitAsync($"{path}?kept=1", [new("body", "Third.")], ("deed", "draft"), "form.editor");

        Assert.Equal(HttpStatusCode.Found, dropped.StatusCode);
        Assert.Null((await ann.OpenAsync(path)).QuerySelector("[data-kept]"));
        Assert.Null(await site.ReadAsync(db => db.DeskDrafts.Where(d => d.ArticleId == id).Select(d => d.Fields).MaxAsync()));
    }

    [Fact]
    public async Task What_was_never_saved_at_all_is_kept_too()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Contributor);

        await KeepAsync(ann, New, ("title", "Never saved"), ("body", "A first thought."), ("draft", "7"), ("words", "1"));

        var page = await ann.OpenAsync($"{New}?kept=7");
        Assert.Equal("A first thought.", ((IHtmlTextAreaElement)page.QuerySelector("#f-body")!).Value);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "Never saved")));
    }

    [Fact]
    public async Task Two_windows_of_a_new_article_keep_a_text_each()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Contributor);
        var (first, second) = (DraftOf(await ann.OpenAsync(New)), DraftOf(await ann.OpenAsync(New)));
        Assert.NotEqual(first, second);
        await KeepAsync(ann, New, ("draft", first));
        Assert.False(await site.ReadAsync(db => db.DeskDrafts.AnyAsync(d => d.PersonId == ann.Id)));
        await KeepAsync(ann, New, ("title", "On ferries"), ("body", "Of the first."), ("draft", first), ("words", "1"));
        await KeepAsync(ann, New, ("title", ""), ("body", "Of the second."), ("draft", second), ("words", "1"));

        var offered = (await ann.OpenAsync(New)).QuerySelectorAll("[data-kept]");
        var form = (IHtmlFormElement)(await ann.OpenAsync($"{New}?kept={first}")).QuerySelector("form.editor")!;
        var others = (await ann.OpenAsync($"{New}?kept={first}")).QuerySelectorAll("[data-kept]");

        Assert.Equal(2, offered.Length);
        Assert.Single(offered, o => o.TextContent.Contains("“On ferries”", StringComparison.Ordinal) && o.TextContent.Contains("perhaps open in another window", StringComparison.Ordinal));
        Assert.Equal(("On ferries", "Of the first.", first), (((IHtmlInputElement)form["title"]!).Value, ((IHtmlTextAreaElement)form["body"]!).Value, ((IHtmlInputElement)form["draft"]!).Value));
        Assert.Equal($"{New}?kept={second}", Assert.Single(others).QuerySelector("a")!.GetAttribute("href"));

        // What is saved, or not wanted, takes nothing of the other's with it.
        using var saved = await ann.SendAsync(form, New, [], ("deed", "draft"));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal($"{New}?kept={second}", Assert.Single((await ann.OpenAsync(New)).QuerySelectorAll("[data-kept]")).QuerySelector("a")!.GetAttribute("href"));
        using var dropped = await ann.SubmitAsync(New, [], form: "[data-kept] form");
        Assert.Empty((await ann.OpenAsync(New)).QuerySelectorAll("[data-kept]"));
    }

    [Fact]
    public async Task No_window_takes_the_place_of_anothers_words_and_what_is_done_beside_the_text_leaves_them()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("A day of work", "draft");
        var path = $"/newsroom/articles/{id}/";
        var (first, second) = (DraftOf(await ann.OpenAsync(path)), DraftOf(await ann.OpenAsync(path)));
        var modified = (await ann.OpenAsync(path)).QuerySelector("[name=modified]")!.GetAttribute("value")!;
        await KeepAsync(ann, path, ("title", "A day of work"), ("body", "The whole day."), ("draft", first), ("modified", modified), ("words", "1"));

        // Back after a crash, one letter before deciding.
        await KeepAsync(ann, path, ("title", "A day of workx"), ("body", "Words of A day of work."), ("draft", second), ("words", "1"));

        var offered = (await ann.OpenAsync(path)).QuerySelectorAll("[data-kept] a.main").Select(a => a.GetAttribute("href")).ToList();
        Assert.Equal([$"{path}?kept={second}", $"{path}?kept={first}"], offered);
        var page = await ann.OpenAsync($"{path}?kept={first}");
        Assert.Equal(("The whole day.", first, "true"), (((IHtmlTextAreaElement)page.QuerySelector("#f-body")!).Value, DraftOf(page), page.QuerySelector("form.editor")!.GetAttribute("data-unsaved")?.Length >= 0 ? "true" : "false"));
        Assert.Single(await heardAsync(), o => o.StartsWith("Editor", StringComparison.Ordinal));
        using var noted = await ann.SubmitAsync($"{path}?kept={first}", [new("note", "Look at this."), new("draft", first)], form: "form[action$='/notes/']");
        Assert.Equal($"{path}?kept={first}#notes", noted.Headers.Location!.OriginalString);
        using var linked = await ann.SubmitAsync(path, [new("draft", first)], form: "form[action$='/previews/']");
        Assert.Equal($"{path}?kept={first}#previews", linked.Headers.Location!.OriginalString);

        // Saving the one leaves the other.
        using var saved = await ann.SendAsync((IHtmlFormElement)page.QuerySelector("form.editor")!, path, [], ("deed", "draft"));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal([$"{path}?kept={second}"], (await ann.OpenAsync(path)).QuerySelectorAll("[data-kept] a.main").Select(a => a.GetAttribute("href")).ToList());

        async Task<List<string>> heardAsync() => [.. (await KeepAsync(bob, path)).GetProperty("others").EnumerateArray().Select(o => o.GetString()!)];
    }

    [Fact]
    public async Task Who_is_at_it_is_told_and_can_be_taken_over_from()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("One at a time", "publish");
        var path = $"/newsroom/articles/{id}/";
        await KeepAsync(ann, path);

        var heard = await KeepAsync(bob, path);
        Assert.Contains("is editing since", heard.GetProperty("others")[0].GetString());
        Assert.Null((await bob.OpenAsync(path)).QuerySelector("[data-presence]")!.GetAttribute("hidden"));
        using var taken = await bob.SubmitAsync(path, [], form: "[data-presence] form");
        var told = await KeepAsync(ann, path);

        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        Assert.StartsWith("Editor", told.GetProperty("takenBy").GetString());
        Assert.Empty((await KeepAsync(bob, path)).GetProperty("others").EnumerateArray());
    }

    [Fact]
    public async Task That_somebody_saved_meanwhile_is_told_to_who_is_still_writing()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Saved meanwhile", "publish");
        var path = $"/newsroom/articles/{id}/";
        var modified = (await ann.OpenAsync(path)).QuerySelector("[name=modified]")!.GetAttribute("value")!;
        Assert.False((await KeepAsync(ann, path, ("modified", modified))).GetProperty("isChanged").GetBoolean());

        using var saved = await bob.SubmitAsync(path, [new("body", "Bob was faster.")], ("deed", "update"), "form.editor");

        Assert.True((await KeepAsync(ann, path, ("modified", modified))).GetProperty("isChanged").GetBoolean());
    }

    [Fact]
    public async Task Nobody_keeps_words_for_what_they_may_not_edit()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var cat = await StaffClient.SignInAsync(site, Role.Contributor);
        var id = await ann.WriteAsync("Not for contributors", "publish");
        var token = await TokenAsync(cat);

        using var answer = await cat.Browser.PostAsync($"/newsroom/articles/{id}/autosave/", [new("__RequestVerificationToken", token), new("body", "x"), new("words", "1")]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(await site.ReadAsync(db => db.DeskDrafts.AnyAsync(d => d.ArticleId == id)));
    }

    [Fact]
    public async Task Changes_that_do_not_touch_each_other_come_as_one_text_and_the_rest_word_by_word()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Editor);
        using var bob = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ann.WriteAsync("Three ways", "publish", new KeyValuePair<string, string?>("body", "First.\n\nSecond.\n\nThird."));
        var path = $"/newsroom/articles/{id}/";
        var (bobs, late) = ((IHtmlFormElement)(await bob.OpenAsync(path)).QuerySelector("form.editor")!, (IHtmlFormElement)(await bob.OpenAsync(path)).QuerySelector("form.editor")!);
        using var first = await ann.SubmitAsync(path, [new("body", "First, by Ann.\n\nSecond.\n\nThird.")], ("deed", "update"), "form.editor");

        using var apart = await bob.SendAsync(bobs, path, [new("body", "First.\n\nSecond.\n\nThird, by Bob.")], ("deed", "update"));
        using var same = await bob.SendAsync(late, path, [new("body", "First, by Bob.\n\nSecond.\n\nThird.")], ("deed", "update"));

        Assert.Equal(HttpStatusCode.Conflict, apart.StatusCode);
        var page = await StaffClient.PageOf(apart);
        Assert.Equal("First, by Ann.\n\nSecond.\n\nThird, by Bob.", ((IHtmlTextAreaElement)page.QuerySelector("#f-body")!).Value);
        Assert.Equal("First.\n\nSecond.\n\nThird, by Bob.", ((IHtmlTextAreaElement)page.QuerySelector("[name=yours-body]")!).Value);
        Assert.Contains(", by Ann", page.QuerySelectorAll(".three ins").Select(i => i.TextContent));
        Assert.Contains(", by Bob", page.QuerySelectorAll(".three ins").Select(i => i.TextContent));
        Assert.Equal(HttpStatusCode.Conflict, same.StatusCode);
        Assert.Equal("First, by Bob.\n\nSecond.\n\nThird.", ((IHtmlTextAreaElement)(await StaffClient.PageOf(same)).QuerySelector("#f-body")!).Value);
        Assert.StartsWith("First, by Ann.", await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync()), StringComparison.Ordinal);
    }

    private static string DraftOf(AngleSharp.Dom.IDocument page) => page.QuerySelector("form.editor [name=draft]")!.GetAttribute("value")!;

    private static async Task<JsonElement> KeepAsync(StaffClient person, string path, params (string Name, string Value)[] fields)
    {
        var token = await TokenAsync(person);
        using var answer = await person.Browser.PostAsync($"{path}autosave/", [new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static async Task<string> TokenAsync(StaffClient person) => (await person.OpenAsync("/newsroom/articles/new/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public sealed class OnSqlite(SqliteSite site) : KeptDraftTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : KeptDraftTests(site), IClassFixture<PostgresSite>;
}
