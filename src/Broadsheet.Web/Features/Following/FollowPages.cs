using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>The room's pages, in the publication's theme; and what is followed, in words.</summary>
internal sealed class FollowPages(ReaderSites sites, PageViews views)
{
    public async Task<IResult> ShowAsync(HttpContext http, FollowPageView view, int status = StatusCodes.Status200OK)
    {
        var site = await sites.OfAsync(http);
        return Page(site, "follow", view.Heading, status).With("follow", view);
    }

    public async Task<IResult> ListAsync(HttpContext http, FollowListView view)
    {
        var site = await sites.OfAsync(http);
        return Page(site, "follow-manage", "What you follow", StatusCodes.Status200OK).With("follow", view);
    }

    /// <summary>A link that opens nothing (any more).</summary>
    public Task<IResult> GoneAsync(HttpContext http) => ShowAsync(http, new FollowPageView("This link does not work",
        ["It was cut off on its way, or it is too old. Links that ask whether you meant to follow something work for seven days; then you can simply ask again."], null, null, [], [new LinkView("Follow new articles", FollowLinks.Page)]), StatusCodes.Status404NotFound);

    /// <summary>What each of these is about.</summary>
    public static async Task<List<FollowedView>> DescribeAsync(ReaderSite site, BroadsheetDb db, IReadOnlyList<Subscription> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.ArticleId).Where(id => id != 0).Distinct().ToList();
        var articles = ids.Count == 0 ? [] : await db.PublicPages().Where(a => ids.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        return [.. rows.Select(row => View(site, row, articles.GetValueOrDefault(row.ArticleId)))];
    }

    public static string Words(ReaderSite site, SubscriptionKind kind, string? title) => kind switch
    {
        SubscriptionKind.Articles => $"New articles of {site.Publication.Title}",
        SubscriptionKind.Thread => $"The discussion of “{title}”",
        _ => $"Replies to your comments on “{title}”",
    };

    public static string TitleOf(ArticleRow? article) => article is null ? "an article that is not public any more" : article.TitleText.Length > 0 ? article.TitleText : "Untitled";

    private static FollowedView View(ReaderSite site, Subscription row, ArticleRow? article) => new(
        row.Id, Words(site, row.Kind, TitleOf(article)), row.ArticleId == 0 ? Links.Home : article is null ? null : site.Links.To(article), row.Frequency == MailFrequency.Daily,
        row.State switch { SubscriptionState.Active => null, SubscriptionState.Pending => "Waits for your answer to the mail that asks for it.", _ => row.Reason ?? "Ended." });

    private ThemedPage Page(ReaderSite site, string template, string heading, int status) => new(template, views.Site(site, FollowLinks.Page), HeadViews.Page(site, heading, "", null, "noindex, nofollow"), status);
}
