using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom.Menu;

/// <summary>The words in the masthead: of themselves the sections with most articles and the pages, or those that an editor names.</summary>
internal sealed class ChangeMenu(Writes writes, ReaderSites sites, StandingAddresses addresses, DeskPages pages, Notices notices)
{
    public const string Page = "/newsroom/menu/";
    private const int Spare = 3;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ChangeMenu action) => action.ShowAsync(http, null));
        room.MapPost("/", (HttpContext http, ChangeMenu action) => action.SaveAsync(http));
    }

    /// <param name="typed">What was typed, and stays so; null shows what is stored.</param>
    private async Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<MenuPage.Row>? typed)
    {
        var site = await sites.OfAsync(http);
        var stored = site.Publication.Menu;
        var rows = typed ?? [.. (stored.Count > 0 ? stored : Usual(site)).Select((e, i) => new MenuPage.Row((i + 1) * 10, e.Text, e.Url, null))];
        var next = rows.Count == 0 ? 10 : rows.Max(r => r.Order) + 10;
        return await pages.ShowAsync<MenuPage>(http, new MenuPage.Content
        {
            IsOwn = stored.Count > 0,
            Rows = [.. rows, .. Enumerable.Range(0, Math.Min(Spare, MenuEntry.Most - rows.Count)).Select(i => new MenuPage.Row(next + i * 10, "", "", null))],
            Known = [.. site.Index.Categories.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => (c.Name, site.Links.ToCategory(c.Id))), .. site.Index.Pages.Select(p => (p.Title, site.Links.To(p.Id, ArticleKind.Page, "", p.Path, null, null, null)))],
        }, typed is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What stands there now, to begin with.</summary>
    private static List<MenuEntry> Usual(ReaderSite site)
    {
        var (sections, menu) = PageViews.UsualMenu(site, "");
        return [.. sections.Concat(menu).Select(l => MenuEntry.Create(l.Text, l.Url)).Where(e => e.Problem is null).Select(e => e.Value).Take(MenuEntry.Most)];
    }

    private async Task<IResult> SaveAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var rows = Rows(form);
        if (rows.Exists(r => r.Problem is not null)) return await ShowAsync(http, rows);
        IReadOnlyList<MenuEntry> menu = form["deed"] == "own" ? [] : [.. rows.Select(r => new MenuEntry(r.Text.Trim(), r.Url.Trim()))];
        var missing = await addresses.MissingAsync(http, menu.Select(e => e.Url), ct);
        var by = CurrentPerson.Of(http)!.Id;
        var before = (await sites.OfAsync(http)).Publication.Menu;
        await writes.RunAsync((scope, token) => PublicationStore.ChangeAsync(scope, p =>
        {
            AuditLedger.NoteChanges(scope, by, "menu", [("menu", Words(p.Menu), Words(menu))]);
            return p with { Menu = menu };
        }, token), ct);
        List<KeyValuePair<string, string>> back = [KeyValuePair.Create("deed", before.Count == 0 ? "own" : "save"), .. before.SelectMany((e, i) => new[] { KeyValuePair.Create("order", ((i + 1) * 10).ToString(CultureInfo.InvariantCulture)), KeyValuePair.Create("text", e.Text), KeyValuePair.Create("url", e.Url) })];
        notices.Say(http, new DeskShell.Notice(menu.Count == 0 ? "The masthead has its sections and pages again, of themselves." : missing.Count == 0 ? "Saved: readers see it now."
            : $"Saved: readers see it now. Nothing stands at {string.Join(", ", missing)}: who goes there is told that the page is missing.", Page, back, "/", "View it"));
        return TypedResults.Redirect(Page);
    }

    /// <summary>In their order, without those that were left empty.</summary>
    private static List<MenuPage.Row> Rows(IFormCollection form)
    {
        var (orders, texts, urls) = (form["order"], form["text"], form["url"]);
        var rows = new List<MenuPage.Row>();
        for (var i = 0; i < Math.Min(Math.Min(orders.Count, texts.Count), Math.Min(urls.Count, MenuEntry.Most)); i++)
        {
            var (text, url) = (texts[i] ?? "", urls[i] ?? "");
            if (text.Trim().Length == 0 && url.Trim().Length == 0) continue;
            var order = int.TryParse(orders[i], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < 100_000 ? n : i * 10;
            rows.Add(new MenuPage.Row(order, text, url, MenuEntry.Create(text, url).Problem?.Message));
        }
        return [.. rows.OrderBy(r => r.Order)];
    }

    private static string Words(IReadOnlyList<MenuEntry> menu) => string.Join(" · ", menu.Select(e => e.Text));
}
