using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>Where the featured picture is cut, the point that an editor set stays in sight.</summary>
public abstract class FocalPointTests(BroadsheetSite site)
{
    private static int _pictures;

    [Fact]
    public async Task The_point_is_kept_with_the_article_and_lists_cut_by_it()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var picture = await AddPictureAsync(editor.Id);

        var id = await editor.WriteAsync("Cut by its point", "publish", new("image", Text(picture)), new("focus_across", "22"), new("focus_down", "100"));

        var form = await editor.OpenAsync($"/newsroom/articles/{id}/");
        Assert.Equal(("20", "100"), (form.QuerySelector("#f-focus_across")!.GetAttribute("value"), form.QuerySelector("#f-focus_down")!.GetAttribute("value")));
        using var reader = site.NewReader();
        var image = (await reader.OpenAsync("/")).QuerySelector($"#post-{id} .entry-image img")!;
        Assert.Equal("focus-x-20 focus-y-100", image.GetAttribute("class"));
        // The style sheet that the page asks for has a rule for each of the two.
        var sheet = await reader.Http.GetStringAsync(new Uri((await reader.OpenAsync("/")).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!, UriKind.Relative));
        Assert.Contains(".focus-x-20 { --focus-x: 20%; }", sheet, StringComparison.Ordinal);
        Assert.Contains(".focus-y-100 { --focus-y: 100%; }", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("50", "50")]
    [InlineData("left", "")]
    [InlineData("-1", "400")]
    public async Task The_middle_and_what_is_no_percentage_are_no_point(string across, string down)
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);

        var id = await editor.WriteAsync($"In the middle {across}", "publish", new("image", Text(await AddPictureAsync(editor.Id))), new("focus_across", across), new("focus_down", down));

        Assert.Null(await FocusOf(id));
        Assert.Null((await editor.OpenAsync("/")).QuerySelector($"#post-{id} .entry-image img")!.GetAttribute("class"));
    }

    [Fact]
    public async Task Another_picture_does_not_inherit_the_point()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("Two pictures", "publish", new("image", Text(await AddPictureAsync(editor.Id))), new("focus_across", "10"), new("focus_down", "20"));
        using var same = await editor.SubmitAsync($"/newsroom/articles/{id}/", [new("title", "Two pictures in all")], ("deed", "update"), "form.editor");
        Assert.Equal("focus-x-10 focus-y-20", (await FocusOf(id))?.Classes);

        using var other = await editor.SubmitAsync($"/newsroom/articles/{id}/", [new("image", Text(await AddPictureAsync(editor.Id)))], ("deed", "update"), "form.editor");
        Assert.Null(await FocusOf(id));

        using var both = await editor.SubmitAsync($"/newsroom/articles/{id}/", [new("image", Text(await AddPictureAsync(editor.Id))), new("focus_across", "0"), new("focus_down", "35")], ("deed", "update"), "form.editor");
        Assert.Equal("focus-x-0 focus-y-35", (await FocusOf(id))?.Classes);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private Task<FocalPoint?> FocusOf(long id) => site.ReadAsync(async db => (await db.Articles.SingleAsync(a => a.Id == id)).Focus);

    private Task<long> AddPictureAsync(long person) => site.Writes.RunAsync((scope, ct) =>
        MediaLedger.AddAsync(scope, new Publication(), new NewMedia($"/wp-content/uploads/2024/01/focal-{Interlocked.Increment(ref _pictures)}.png", "A boat", "image/png", "A boat", 1_234, 900, 1_600), person, ct), CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : FocalPointTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : FocalPointTests(site), IClassFixture<PostgresSite>;
}
