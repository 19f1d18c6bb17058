using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Features.Newsroom.Appearance;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>How the public pages look, as an editor chooses it.</summary>
public abstract class AppearanceTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_is_chosen_readers_see_at_once_and_it_can_be_taken_back()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var reader = site.NewReader();
        Assert.Empty((await reader.OpenAsync("/")).DocumentElement.ClassName ?? "");

        using var saved = await admin.SubmitAsync(ChangeAppearance.Page, [new("default-colours", "moss"), new("default-type", "sans")], ("deed", "save"), "form[data-appearance]");
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal("colours-moss type-sans", (await reader.OpenAsync("/")).DocumentElement.ClassName);
        Assert.Contains("look: nothing → “colours-moss type-sans”", await site.ReadAsync(db => db.AuditEntries.Where(e => e.PersonId == admin.Id).Select(e => e.What).ToListAsync()));

        var page = await admin.OpenAsync(ChangeAppearance.Page);
        Assert.Equal(["default-colours:moss", "default-type:sans", "default-head:centre"], page.QuerySelectorAll("[data-looks] input[checked]").Select(i => $"{i.GetAttribute("name")}:{i.GetAttribute("value")}"));
        using var undone = await admin.SubmitAsync(ChangeAppearance.Page, [new("theme", "default"), new("look", "")], ("deed", "save"), "form[data-appearance]");
        Assert.Empty((await reader.OpenAsync("/")).DocumentElement.ClassName ?? "");
    }

    [Fact]
    public async Task What_is_tried_only_they_see_who_may_choose_it()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var author = await StaffClient.SignInAsync(site, Role.Author);
        using var reader = site.NewReader();
        using var tried = await admin.SubmitAsync(ChangeAppearance.Page, [new("default-colours", "plum")], ("deed", "preview"), "form[data-appearance]");
        var address = (await StaffClient.PageOf(tried)).QuerySelector("iframe")!.GetAttribute("src")!;

        Assert.Equal("colours-plum", (await admin.OpenAsync(address)).DocumentElement.ClassName);
        Assert.Empty((await author.OpenAsync(address)).DocumentElement.ClassName ?? "");
        Assert.Empty((await reader.OpenAsync(address)).DocumentElement.ClassName ?? "");
        Assert.Empty((await reader.OpenAsync("/")).DocumentElement.ClassName ?? "");
        Assert.Empty((await admin.OpenAsync("/?preview=1&appearance=default+x%22y")).DocumentElement.ClassName ?? "");
    }

    [Fact]
    public async Task A_theme_of_ones_own_changes_what_it_names_and_a_broken_one_is_named()
    {
        await site.StopAsync();
        var themes = Path.Combine(site.Folder, "themes");
        foreach (var folder in (string[])["coast/assets", "coast/parts", "broken/templates", "unreadable"]) Directory.CreateDirectory(Path.Combine(themes, folder));
        File.WriteAllText(Path.Combine(themes, "coast/theme.json"), """{ "name": "Coast", "looks": [{ "id": "sky", "label": "Sky", "choices": [{ "id": "clear", "label": "Clear" }, { "id": "grey", "label": "Grey" }] }] }""");
        File.WriteAllText(Path.Combine(themes, "coast/assets/site.css"), "body { color: navy; }");
        File.WriteAllText(Path.Combine(themes, "coast/parts/bottom.liquid"), "<p id=\"coast\">By the sea: {{ site.title }}</p></main></body></html>");
        File.WriteAllText(Path.Combine(themes, "broken/theme.json"), """{ "name": "Broken" }""");
        File.WriteAllText(Path.Combine(themes, "broken/templates/home.liquid"), "{% if %}");
        File.WriteAllText(Path.Combine(themes, "unreadable/theme.json"), """{ "name": 7 }""");
        await site.StartAsync();
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        using var reader = site.NewReader();

        var page = await admin.OpenAsync(ChangeAppearance.Page);
        Assert.Equal(["coast", "default"], page.QuerySelectorAll("[name=theme]").Select(i => i.GetAttribute("value")));
        Assert.Contains("home.liquid", page.QuerySelectorAll("main .problem")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("unreadable", page.QuerySelectorAll("main .problem")[1].TextContent, StringComparison.Ordinal);
        using (await admin.SubmitAsync(ChangeAppearance.Page, [new("theme", "coast"), new("coast-sky", "grey")], ("deed", "save"), "form[data-appearance]")) { }

        var home = await reader.OpenAsync("/");
        Assert.Equal("sky-grey", home.DocumentElement.ClassName);
        Assert.NotNull(home.QuerySelector("#coast"));
        Assert.NotNull(home.QuerySelector(".masthead"));
        var stylesheet = home.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        Assert.StartsWith("/assets/themes/coast/site.css?v=", stylesheet, StringComparison.Ordinal);
        Assert.Equal("body { color: navy; }", await reader.Http.GetStringAsync(new Uri(stylesheet, UriKind.Relative)));

        await site.StopAsync();
        Directory.Delete(themes, recursive: true);
        await site.StartAsync();
        using var readerAgain = site.NewReader();
        using var later = await StaffClient.SignInAsync(site, Role.Administrator);
        Assert.NotNull((await readerAgain.OpenAsync("/")).QuerySelector(".masthead"));
        Assert.Contains("“coast” is not here any more", (await later.OpenAsync(ChangeAppearance.Page)).QuerySelector("main .problem")!.TextContent, StringComparison.Ordinal);
        using var unknown = await later.SubmitAsync(ChangeAppearance.Page, [new("theme", "coast")], ("deed", "save"), "form[data-appearance]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        using (await later.SubmitAsync(ChangeAppearance.Page, [], ("deed", "save"), "form[data-appearance]")) { }
        Assert.Empty((await readerAgain.OpenAsync("/")).DocumentElement.ClassName ?? "");
    }

    public sealed class OnSqlite(SqliteSite site) : AppearanceTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AppearanceTests(site), IClassFixture<PostgresSite>;
}
