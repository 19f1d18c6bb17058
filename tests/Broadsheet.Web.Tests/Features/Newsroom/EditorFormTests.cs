using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>What the editor's form says of what it would else lose without a word.</summary>
public abstract class EditorFormTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_changed_is_not_thrown_away_with_a_change_that_readers_are_not_told_of()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Ferry times", "publish");
        var path = $"/newsroom/articles/{id}/";

        using var refused = await ed.SubmitAsync(path, [new("body", "Three times a day."), new("change", "small"), new("change_note", "It runs three times.")], ("deed", "update"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("choose a correction or an update", (await StaffClient.PageOf(refused)).QuerySelector("#f-change_note-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Words of Ferry times.", await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync()));
    }

    [Fact]
    public async Task A_picture_that_was_chosen_before_a_preview_is_asked_for_again()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", "Pictured"), new("body", "Words.")], ("deed", "preview"), "form.editor", files: ("image_file", "front.png", [1, 2, 3]));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Choose the picture again", (await StaffClient.PageOf(answer)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_out_sees_all_words_that_they_sent()
    {
        using var nobody = site.NewReader();

        using var answer = await nobody.PostAsync("/newsroom/articles/new/", [new("title", "Short"), new("body", "Few words."), new("format", "markdown"), new("deed", "draft")]);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Equal(["Short", "Few words."], page.QuerySelectorAll("textarea").Cast<IHtmlTextAreaElement>().Select(t => t.Value).ToList());
        Assert.Equal("markdown", page.QuerySelector("input[type=hidden][name=format]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_private_preview_has_no_discussion_to_ask_for()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await ed.WriteAsync("Early look", "draft");
        using var made = await ed.SubmitAsync($"/newsroom/articles/{id}/", [], form: "form[action$='/previews/']");
        var link = (await ed.OpenAsync($"/newsroom/articles/{id}/")).QuerySelector("#previews a")!.GetAttribute("href")!;
        using var reader = site.NewReader();

        var page = await reader.OpenAsync(link);

        Assert.Contains("Words of Early look.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("shown to whoever has this address", page.QuerySelector(".preview-note")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#comments"));
    }

    public sealed class OnSqlite(SqliteSite site) : EditorFormTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : EditorFormTests(site), IClassFixture<PostgresSite>;
}
