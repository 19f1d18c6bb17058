using Broadsheet.Core.Screening;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Tells readers what is kept of their comments, why, for how long, what looks at them, and who else receives them: by the settings and the configuration in force.</summary>
internal sealed class ShowCommentPrivacy(IDatabaseEngine engine, ReaderSites sites, PageViews views, Screen screen, OutsideScreening outside)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/privacy/comments/", (HttpContext http, ShowCommentPrivacy action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        const string Heading = "How your data is used when you comment";
        await using var db = engine.Open();
        var site = await sites.OfAsync(http);
        var publication = site.Publication;
        var view = new CommentPrivacyView(
            Heading, outside.Sentence(publication), publication.KeepAddressDays, publication.PurgeDays, WriterHistory.Recent.Days, publication.NameAndEmailRequired, publication.Gravatar,
            [.. screen.Checks.Where(c => !c.LeavesServer && publication.Rules.ModeOf(c) != CheckMode.Off).Select(c => c.Title)], [.. outside.Of(publication).Select(s => new ReceiverView(s.Name, s.Host, s.PrivacyUrl))])
        {
            Guidelines = publication.GuidelinesHtml is null ? null : publication.GuidelinesTitle,
            AsksForWork = publication.Rules.ModeOf(new WorkCheck()) != CheckMode.Off,
            Silences = publication.Rules.SilencingWords.Count > 0 && publication.Rules.ModeOf(new SilencingWordsCheck()) == CheckMode.Act,
        };
        http.MayCache(PublicationStore.Tag, SiteIndex.Tag);
        return new ThemedPage("comment-privacy", views.Site(site, "/privacy/comments/"), HeadViews.Page(site, Heading, "", null, "noindex, follow")).With("privacy", view);
    }
}
