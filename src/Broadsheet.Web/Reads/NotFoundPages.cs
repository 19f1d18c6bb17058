using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Nothing has this address: sends the reader on where an editor has said so, else says it, and suggests what it may have meant.</summary>
internal sealed class NotFoundPages(IDatabaseEngine engine, PageViews views, RedirectStore redirects, MissedAddresses missed)
{
    public async Task<IResult> ShowAsync(PageRequest page, CancellationToken ct)
    {
        var (http, site, _) = page;
        if (await redirects.FindAsync(http, ct) is { } found)
        {
            missed.SentOn(found.Rule);
            return found.Rule.Kind == RedirectKind.Gone ? Gone(page) : Redirect.By(http, found.Rule, found.Path);
        }
        var suggestions = await SuggestAsync(page, ct);
        var text = suggestions.Count > 0 ? "The address may be mistyped, or what stood here is gone. Perhaps it was one of these:" : "The address may be mistyped, or what stood here is gone. The search knows everything that is published here.";
        var view = new ErrorView(StatusCodes.Status404NotFound, "There is nothing at this address", text, suggestions);
        return new ThemedPage("error", views.Site(site, http.Request.Path), HeadViews.Page(site, "Not found", "", null, "noindex"), StatusCodes.Status404NotFound).With("error", view);
    }

    private ThemedPage Gone(PageRequest page)
    {
        var view = new ErrorView(StatusCodes.Status410Gone, "This is not here any more", "What stood at this address was taken away on purpose. The search knows everything that is published here.", []);
        return new ThemedPage("error", views.Site(page.Site, page.Http.Request.Path), HeadViews.Page(page.Site, "Not here any more", "", null, "noindex"), StatusCodes.Status410Gone).With("error", view);
    }

    /// <summary>Articles that have the words of the address.</summary>
    private async Task<List<LinkView>> SuggestAsync(PageRequest page, CancellationToken ct)
    {
        var last = (page.Http.Request.Path.Value ?? "").Trim('/').Split('/')[^1];
        var words = SearchWords.Query(last.Replace('-', ' ').Replace('_', ' ')).Where(w => w.Length > 2).Take(4).ToList();
        if (words.Count == 0) return [];
        var db = page.Db;
        var ids = (await engine.SearchAsync(db, words, comments: false, 0, 5, ct)).ConvertAll(d => d.ArticleId);
        if (ids.Count == 0) return [];
        var rows = await db.PublicPages().Where(a => ids.Contains(a.Id)).AsRows(db).ToListAsync(ct);
        return [.. rows.OrderBy(r => ids.IndexOf(r.Id)).Select(r => new LinkView(r.TitleText, page.Site.Links.To(r)))];
    }
}
