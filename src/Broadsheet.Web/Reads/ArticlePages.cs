using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>An article's page with its discussion: at most four statements, the article's own among them.</summary>
internal sealed class ArticlePages(PageViews views, ThreadViews threads, ArticleSurroundings surroundings, PostPasswords passwords, TimeProvider clock)
{
    /// <param name="form">The words of a writer who has to mend something; null for the empty form.</param>
    /// <param name="preview">Only its makers see it yet; null for readers.</param>
    /// <returns>Null where there is no such page of the body or of the thread.</returns>
    public async Task<IResult?> ShowAsync(PageRequest request, ArticleRow row, int bodyPage, ThreadPart part, CancellationToken ct, ReplyFormState? form = null, int status = StatusCodes.Status200OK, PreviewView? preview = null)
    {
        var (http, site, db) = request;
        var isLocked = row.IsProtected && !passwords.IsOpen(http, row);
        var bodies = isLocked ? [SafeHtml.Empty] : ArticleBody.Pages(SafeHtml.FromStore(row.BodyHtml));
        if (bodyPage < 1 || bodyPage > bodies.Count || part.Page < 1) return null;
        var reply = form ?? await threads.FormAsync(http, db, row.Id, ct);
        // Before it is out there is no discussion, and nothing for the page's script to ask for.
        var hasThread = !isLocked && (preview is null || row.CommentsShown > 0);
        var thread = hasThread ? await threads.ShowAsync(request, row, part, reply, ct) : null;
        if (hasThread && thread is null) return null;
        var (_, terms, previous, next) = await surroundings.FindAsync(db, row, ct);
        var url = preview?.Url ?? site.Links.To(row);
        var view = PageViews.Article(site, row, terms) with
        {
            Body = bodies[bodyPage - 1],
            Previous = LinkTo(site, previous),
            Next = LinkTo(site, next),
            Pages = bodies.Count == 1 ? [] : [.. Enumerable.Range(1, bodies.Count).Select(n => new LinkView(n.ToString(CultureInfo.InvariantCulture), site.Links.ToBodyPage(url, n), n == bodyPage))],
        };
        if (isLocked) view = view with { Summary = "", CommentCount = 0 };
        var head = HeadViews.Article(site, row, view, Canonical(site, row, url, bodyPage, part), HeadLinks(site, row, thread));
        if (row.Status is ArticleStatus.Published or ArticleStatus.Inherit && !row.IsProtected && form is null && !reply.IsReadersOwn)
            Cache(request, row, (previous, next), clock.GetUtcNow());
        if (preview is not null) head = head with { Canonical = null, Robots = "noindex, nofollow" };
        http.Response.Headers.Link = $"<{site.Links.Absolute("/wp-json/")}>; rel=\"https://api.w.org/\", <{site.Links.Absolute($"/?p={row.Id}")}>; rel=shortlink";
        if (row.PingsOpen) http.Response.Headers["X-Pingback"] = site.Links.Absolute("/xmlrpc.php");
        return new ThemedPage(row.Kind == ArticleKind.Page ? "page" : "article", views.Site(site, url), head, status).With("article", view).With("thread", thread).With("preview", preview)
            .With("follow", preview is null && thread is not null ? Follow(site, row, thread, reply.SignedInAs, DiscussionDoor.Of(site.Publication, row, clock.GetUtcNow()).IsOpen) : null);
    }

    private static FollowView Follow(ReaderSite site, ArticleRow row, ThreadView thread, string? signedInAs, bool isOpen) =>
        new("/follow/", row.Id, isOpen, site.Links.ToAtom(site.Links.To(row)), thread.Form is { ParentId: > 0 and var parent } ? site.Links.ToAtom(site.Links.To(row), parent) : null, signedInAs) { Address = thread.Form?.Address };

    private static void Cache(PageRequest request, ArticleRow row, (NeighbourRow? Previous, NeighbourRow? Next) neighbours, DateTimeOffset now)
    {
        request.Http.MayCache(PublicationStore.Tag, SiteIndex.Tag, CacheTags.Article(row.Id), CacheTags.Thread(row.Id));
        var door = DiscussionDoor.Of(request.Site.Publication, row, now);
        // Named here, or what this page stands and falls with.
        foreach (var id in (long?[])[neighbours.Previous?.Id, neighbours.Next?.Id, row.Kind == ArticleKind.Attachment ? row.ParentId : null])
            if (id is { } linked) request.Http.MayCache(CacheTags.Link(linked));
        if (door.DependsOnSession) request.Http.OnlyForGuests();
        if (door is { IsOpen: true, ClosesAt: { } closes }) request.Http.MayCacheUntil(closes);
        if (request.Site.Publication is { AnnouncementUntil: { } until } publication && publication.IsAnnouncing(now)) request.Http.MayCacheUntil(until);
    }

    private static LinkView? LinkTo(ReaderSite site, NeighbourRow? row) => row is null ? null : new LinkView(
        row.TitleText.Length > 0 ? row.TitleText : "Untitled", site.Links.To(row.Id, ArticleKind.Article, row.Slug, null, row.PublishedLocal, row.AuthorId, row.CategoryId), Language: PageViews.LanguageOf(site, row.Language));

    /// <summary>A republished item whose terms say so names its original as the canonical address.</summary>
    private static string Canonical(ReaderSite site, ArticleRow row, string url, int bodyPage, ThreadPart part)
    {
        if (row.Credit is { CanonicalToOriginal: true, OriginalUrl: { } original }) return original.AbsoluteUri;
        if (row.Canonical is { } other) return other;
        return site.Links.Absolute(bodyPage > 1 ? site.Links.ToBodyPage(url, bodyPage) : part is { Order: ThreadOrder.Oldest, Page: > 1 } ? site.Links.ToCommentPage(url, part.Page) : part.Branch is { } top ? Links.ToReplies(url, top, part.Stretch) : url);
    }

    private static IEnumerable<HeadLink> HeadLinks(ReaderSite site, ArticleRow row, ThreadView? thread)
    {
        var links = site.Links;
        yield return new HeadLink("alternate", links.Absolute(links.ToFeed(links.To(row))), "application/rss+xml", $"{site.Publication.Title} » Comments on {row.TitleText}");
        yield return new HeadLink("alternate", links.Absolute(links.ToAtom(links.To(row))), "application/atom+xml", $"{site.Publication.Title} » Comments on {row.TitleText} (Atom)");
        if (thread?.Form is { ParentId: > 0 and var answered } form) yield return new HeadLink("alternate", links.Absolute(links.ToAtom(links.To(row), answered)), "application/atom+xml", $"{site.Publication.Title} » Replies to {form.ReplyTo} (Atom)");
        yield return new HeadLink("EditURI", links.Absolute("/xmlrpc.php?rsd"), "application/rsd+xml", "RSD");
        yield return new HeadLink("alternate", links.Absolute($"/wp-json/wp/v2/{(row.Kind == ArticleKind.Page ? "pages" : row.Kind == ArticleKind.Attachment ? "media" : "posts")}/{row.Id}"), "application/json", "JSON");
        yield return new HeadLink("alternate", links.Absolute($"/wp-json/oembed/1.0/embed?url={Uri.EscapeDataString(links.Absolute(links.To(row)))}"), "application/json+oembed", "oEmbed (JSON)");
        if (row.PingsOpen) yield return new HeadLink("pingback", links.Absolute("/xmlrpc.php"));
        if (thread?.Previous is { } previous) yield return new HeadLink("prev", links.Absolute(previous.Url.Split('#')[0]));
        if (thread?.Next is { } next) yield return new HeadLink("next", links.Absolute(next.Url.Split('#')[0]));
    }
}
