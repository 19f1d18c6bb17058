using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Newsroom;

public abstract class MenuTests(BroadsheetSite site)
{
    [Fact]
    public async Task The_masthead_has_the_words_that_an_editor_names_in_their_order_until_they_are_taken_back()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        Assert.DoesNotContain("Ask us", await NavigationAsync(), StringComparison.Ordinal);
        using var saved = await SaveAsync(admin, ("20", "Second", "/second/"), ("10", "Ask <us>", "https://else.example/ask"), ("30", "", ""));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Matches("Ask &lt;us&gt;.*Second", await NavigationAsync());
        using var wrong = await SaveAsync(admin, ("10", "Bad", "javascript:alert(1)"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("https://", (await StaffClient.PageOf(wrong)).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        Assert.Matches("Ask &lt;us&gt;.*Second", await NavigationAsync());
        using var own = await admin.SubmitAsync("/newsroom/menu/", [], ("deed", "own"), "form:has(tbody)");
        Assert.DoesNotContain("Second", await NavigationAsync(), StringComparison.Ordinal);
        using var undone = await admin.SubmitAsync("/newsroom/menu/", [], form: ".notice form");
        Assert.Contains("Second", await NavigationAsync(), StringComparison.Ordinal);
        using var again = await admin.SubmitAsync("/newsroom/menu/", [], ("deed", "own"), "form:has(tbody)");
    }

    [Fact]
    public async Task It_begins_with_what_stands_there_and_tells_of_addresses_at_which_nothing_is()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        await site.PublishAsync(new ArticleEdit("Imprint of ours", "Words.", BodyFormat.Markdown) { Kind = ArticleKind.Page, Status = ArticleStatus.Published });
        var article = await site.PublishAsync("Long read");
        var begun = (await admin.OpenAsync("/newsroom/menu/")).QuerySelectorAll("tbody tr").Select(r => (r.QuerySelector("[name=text]")!.GetAttribute("value"), r.QuerySelector("[name=url]")!.GetAttribute("value"))).ToList();
        Assert.Contains(("Imprint of ours", "/imprint-of-ours/"), begun);

        using var saved = await SaveAsync(admin, ("10", "Imprint", "/imprint-of-ours/"), ("20", "Read", article.Path), ("30", "Follow", "/follow/"), ("40", "Rules", "/discussion/guidelines/?a=b"), ("50", "Else", "https://else.example/no"), ("60", "Feed", "/feed/"), ("70", "None", "/no-such-page/"), ("80", "No section", "/category/nowhere/"), ("90", "No file", "/wp-content/uploads/missing.pdf"));

        var told = (await admin.OpenAsync("/newsroom/menu/")).QuerySelector(".notice")!.TextContent;
        Assert.Contains("Nothing stands at /no-such-page/, /category/nowhere/, /wp-content/uploads/missing.pdf:", told, StringComparison.Ordinal);
        using var own = await admin.SubmitAsync("/newsroom/menu/", [], ("deed", "own"), "form:has(tbody)");
    }

    private static async Task<HttpResponseMessage> SaveAsync(StaffClient admin, params (string Order, string Text, string Url)[] rows)
    {
        var page = await admin.OpenAsync("/newsroom/menu/");
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("form:has(tbody)")!;
        foreach (var row in form.QuerySelectorAll("tbody tr")) row.Remove();
        var body = form.QuerySelector("tbody")!;
        foreach (var (order, text, url) in rows)
        {
            var row = page.CreateElement("tr");
            foreach (var (name, value) in new[] { ("order", order), ("text", text), ("url", url) })
            {
                var field = page.CreateElement("input");
                field.SetAttribute("name", name);
                field.SetAttribute("value", value);
                row.AppendChild(field);
            }
            body.AppendChild(row);
        }
        return await admin.SendAsync(form, "/newsroom/menu/", [], ("deed", "save"));
    }

    private async Task<string> NavigationAsync()
    {
        using var reader = site.NewReader();
        var page = await reader.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        return page[page.IndexOf("<nav", StringComparison.Ordinal)..page.IndexOf("</nav>", StringComparison.Ordinal)].ReplaceLineEndings(" ");
    }

    public sealed class OnSqlite(SqliteSite site) : MenuTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : MenuTests(site), IClassFixture<PostgresSite>;
}
