using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>
/// A reader likes an article or a comment, or takes that back: a form under the discussion whose buttons name what is liked, answered by a redirect;
/// or the same by our script and other programs under <c>/wp-json/broadsheet/v1</c>, answered by the counts.
/// </summary>
internal sealed class LikeIt(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, GuestCookies guests, DiscussionPages pages, TimeProvider clock)
{
    private const string Api = "/wp-json/broadsheet/v1";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/discussion/likes/", (HttpContext http, LikeIt action) => action.FromFormAsync(http)).DisableAntiforgery();
        foreach (var (path, isComment) in new[] { ("/comments/{id:long}/likes", true), ("/posts/{id:long}/likes", false) })
        {
            routes.MapGet(Api + path, (HttpContext http, long id, LikeIt action) => action.FromProgramAsync(http, id, isComment, null)).WithName(isComment ? "comment likes" : "post likes");
            routes.MapPost(Api + path, (HttpContext http, long id, LikeIt action) => action.FromProgramAsync(http, id, isComment, true)).DisableAntiforgery();
            routes.MapDelete(Api + path, (HttpContext http, long id, LikeIt action) => action.FromProgramAsync(http, id, isComment, false)).DisableAntiforgery();
        }
    }

    /// <summary>Guests' marks are of a day by the world's clock, so that a change of zone gives nobody a second like.</summary>
    internal static Liker Guest(Publication publication, string network, long articleId, long? commentId, DateTimeOffset now)
    {
        var day = now.UtcDateTime.Date;
        var what = commentId is { } c ? $"comment {c}" : $"article {articleId}";
        return new Liker(null, publication.Mark(string.Create(CultureInfo.InvariantCulture, $"like {what} from {network} on {day:yyyy-MM-dd}"), 16), new DateTimeOffset(day.AddDays(1), TimeSpan.Zero));
    }

    private async Task<IResult> FromFormAsync(HttpContext http)
    {
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        if (await PostedForm.ReadAsync(http) is not { } form) return pages.Say(page, "What was sent is no form, or was damaged on its way.", StatusCodes.Status400BadRequest);
        var (isLike, value) = form.ContainsKey("like") ? (true, form["like"].ToString()) : (false, form["unlike"].ToString());
        long? commentId = value == "post" ? null : DiscussionFinder.Id(value) ?? -1;
        var done = await DecideAsync(page, DiscussionFinder.Id(form["post"]), commentId, isLike, http.RequestAborted);
        if (done.Problem is { } problem) return pages.Say(page, problem.Message, problem.Status);
        var url = site.Links.To(done.Target!.Article);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = done.Target.Comment is { } comment ? site.Links.ToComment(url, comment.Id, comment.FullNumber) : $"{url}#likes";
        return TypedResults.Empty;
    }

    private async Task<IResult> FromProgramAsync(HttpContext http, long id, bool isComment, bool? isLike)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        var done = await DecideAsync(page, isComment ? null : id, isComment ? id : null, isLike, http.RequestAborted);
        if (done.Problem is { } problem) return TypedResults.Json(new ApiProblem(problem.Code, problem.Message, new(problem.Status)), LikesJson.Default.ApiProblem, statusCode: problem.Status);
        var count = isComment
            ? await db.Comments.Where(c => c.Id == id).Select(c => c.Likes).FirstAsync(http.RequestAborted)
            : await db.ThreadCounters.Where(c => c.ArticleId == id).Select(c => c.Likes).FirstAsync(http.RequestAborted);
        return TypedResults.Json(new Likes(count, isComment ? LikeWords.OfComment(count) : LikeWords.OfArticle(count), done.Likes), LikesJson.Default.Likes);
    }

    /// <param name="isLike">Null only asks.</param>
    private async Task<Done> DecideAsync(PageRequest page, long? articleId, long? commentId, bool? isLike, CancellationToken ct)
    {
        if (await finder.FindAsync(page, articleId, commentId, ct) is not { } target || target.Comment is { Standing: not Standing.Shown })
            return new Done(null, false, new Refusal("rest_post_invalid_id", "There is no such article or comment here (any more).", StatusCodes.Status404NotFound));
        var (http, publication, now) = (page.Http, page.Site.Publication, clock.GetUtcNow());
        var person = CurrentPerson.Of(http);
        var given = guests.Likes(http).FirstOrDefault(l => l.ArticleId == target.Article.Id && l.CommentId == target.Comment?.Id);
        var liker = person is not null ? new Liker(person.Id, null, null) : Guest(publication, ReaderNetwork.Of(http), target.Article.Id, target.Comment?.Id, now);
        if (isLike is null)
            return new Done(target, person is null ? given is not null : await page.Db.Likes.AnyAsync(l => l.PersonId == person.Id && l.ArticleId == target.Article.Id && l.CommentId == commentId, ct), null);
        if (person is null && !publication.GuestLikes) return new Done(target, false, new Refusal("rest_cannot_create", "Sign in to like what you read here.", StatusCodes.Status401Unauthorized));
        try
        {
            if (isLike.Value) await AddAsync(page, target, liker, now, ct);
            else if (person is not null || given is not null) await RemoveAsync(publication, target, liker, given?.Id, ct);
        }
        catch (StorageException trouble)
        {
            return new Done(target, !isLike.Value, new Refusal("storage", $"This could not be stored: {trouble.Message} Please try again in a moment.", StatusCodes.Status503ServiceUnavailable));
        }
        if (!isLike.Value && given is not null) guests.ForgetLike(http, given.Id);
        return new Done(target, isLike.Value, null);
    }

    private async Task AddAsync(PageRequest page, DiscussionTarget target, Liker liker, DateTimeOffset now, CancellationToken ct)
    {
        var like = await writes.RunAsync(async (scope, token) =>
        {
            var added = await LikeLedger.AddAsync(scope, target.Article.Id, target.Comment?.Id, liker, now, token);
            if (added is not null) StatLedger.CountLike(scope, page.Site.Publication, target.Article.Id, 1);
            return added;
        }, ct);
        // Nobody else of the network may take it back: only the browser that gave it.
        if (like is not null && liker.PersonId is null) guests.RememberLike(page.Http, new GuestLike(like.Id, target.Article.Id, target.Comment?.Id));
    }

    private Task RemoveAsync(Publication publication, DiscussionTarget target, Liker liker, long? given, CancellationToken ct) => writes.RunAsync(async (scope, token) =>
    {
        if (await LikeLedger.RemoveAsync(scope, target.Article.Id, target.Comment?.Id, liker, given, token)) StatLedger.CountLike(scope, publication, target.Article.Id, -1);
    }, ct);

    private sealed record Done(DiscussionTarget? Target, bool Likes, Refusal? Problem);

    private sealed record Refusal(string Code, string Message, int Status);

    /// <param name="Text">In words; empty for none.</param>
    /// <param name="Liked">By the one who asks.</param>
    internal sealed record Likes(int Count, string Text, bool Liked);

    /// <summary>As WordPress's REST API says what is wrong.</summary>
    internal sealed record ApiProblem(string Code, string Message, ApiStatus Data);

    internal sealed record ApiStatus(int Status);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LikeIt.Likes))]
[JsonSerializable(typeof(LikeIt.ApiProblem))]
internal sealed partial class LikesJson : JsonSerializerContext;
