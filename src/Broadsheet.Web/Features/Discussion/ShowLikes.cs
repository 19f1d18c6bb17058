using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Who likes an article or a comment, as far as they agreed to be named; and where a person agrees, or no longer.</summary>
internal sealed class ShowLikes(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, DiscussionPages pages)
{
    private const int MaxNamed = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/discussion/likes/", (HttpContext http, ShowLikes action) => action.HandleAsync(http));
        routes.MapPost("/discussion/likes/show/", (HttpContext http, ShowLikes action) => action.AgreeAsync(http)).DisableAntiforgery();
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        var commentId = DiscussionFinder.Id(http.Request.Query["comment"]);
        if (await finder.FindAsync(page, DiscussionFinder.Id(http.Request.Query["post"]), commentId, ct) is not { } target || target.Comment is { Standing: not Standing.Shown })
            return pages.Say(page, "There is no such article or comment here (any more).", StatusCodes.Status404NotFound, "Nothing to like here");
        var person = CurrentPerson.Of(http);
        var names = await db.Likes.Where(l => l.ArticleId == target.Article.Id && l.CommentId == commentId && l.PersonId != null).Join(db.Users.Where(u => u.ShowsLikes), l => l.PersonId, u => u.Id, (l, u) => new { l.At, u.Id, u.DisplayName, u.Url })
            .OrderByDescending(l => l.At).Take(MaxNamed).ToListAsync(ct);
        var shows = person is null ? (bool?)null : await db.Users.Where(u => u.Id == person.Id).Select(u => (bool?)u.ShowsLikes).FirstOrDefaultAsync(ct);
        var (count, url) = (target.Comment?.Likes ?? target.Article.Likes, site.Links.To(target.Article));
        var view = new LikesView(
            target.Comment is null ? LikeWords.OfArticle(count) : LikeWords.OfComment(count), target.Comment is { } c ? $"{c.FullNumber} by {c.AuthorName}" : target.Article.TitleText,
            target.Comment is { } comment ? site.Links.ToComment(url, comment.Id, comment.FullNumber) : url,
            [.. names.Select(n => new LikerView(n.DisplayName, site.People.PageOf(n.Id) ?? (n.Url.Length > 0 ? n.Url : null), AvatarViews.Of(site, AuthorKeys.OfPerson(site.Publication, n.Id), n.Id, n.DisplayName)))], Math.Max(0, count - names.Count), shows, $"/discussion/likes/{http.Request.QueryString}");
        return pages.Show(page, "likes", view.Text.Length > 0 ? view.Text : "Nobody likes this yet", "likes", view);
    }

    private async Task<IResult> AgreeAsync(HttpContext http)
    {
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        if (CurrentPerson.Of(http) is not { } person) return pages.Say(new PageRequest(http, site, db), "Sign in first: only people with an account are named.", StatusCodes.Status401Unauthorized);
        var form = await PostedForm.ReadAsync(http);
        var shows = form?["show"].ToString() == "1";
        await writes.RunAsync((scope, ct) => ReaderLedger.ShowLikesAsync(scope, person.Id, shows, ct), http.RequestAborted);
        return TypedResults.LocalRedirect(LocalAddress.Of(form?["back"], "/"));
    }
}
