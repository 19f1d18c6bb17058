using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>One press for a story that is breaking: strangers and links wait, and everyone takes a minute between two comments. Undo brings the rules back as they were.</summary>
internal sealed class BreakingStory(Writes writes, DeskPages pages, Notices notices)
{
    public static void Map(RouteGroupBuilder room, ArticleKind kind) => room.MapPost("/{id:long}/breaking/", (HttpContext http, long id, BreakingStory action) => action.HandleAsync(http, kind, id));

    private async Task<IResult> HandleAsync(HttpContext http, ArticleKind kind, long id)
    {
        var (form, person) = (await http.Request.ReadFormAsync(http.RequestAborted), CurrentPerson.Of(http)!);
        var back = form.ContainsKey("rules") ? Read(form["rules"].ToString()) : null;
        var (isHere, before) = await writes.RunAsync(async (scope, ct) =>
        {
            await ArticleLedger.HoldAsync(scope, id, ct);
            if (await scope.Db.Articles.AsTracking().FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct) is not { } article) return (false, null);
            if (!ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status)) return (true, null);
            var rules = article.Discussion ?? new DiscussionRules();
            article.Rule(back ?? rules.WithBreakingStory());
            scope.Evict($"article:{id}");
            return (true, (DiscussionRules?)rules);
        }, http.RequestAborted);
        if (!isHere) return await EditArticle.GoneAsync(pages, http);
        if (before is null) return await pages.SayAsync(http, StatusCodes.Status403Forbidden, "This is not yours to do", "An editor can do it.", "/newsroom/articles/", "Your articles");
        var address = string.Create(CultureInfo.InvariantCulture, $"{(kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{id}/");
        notices.Say(http, back is not null ? new DeskShell.Notice("The rules of this discussion are as they were.")
            : new DeskShell.Notice("Breaking story: strangers and links wait for a moderator, and everyone takes a minute between two comments.", $"{address}breaking/", [KeyValuePair.Create("rules", JsonSerializer.Serialize(before, BreakingJson.Default.DiscussionRules))]));
        return TypedResults.Redirect(ArticleForm.AddressAgain(kind, id, form));
    }

    /// <returns>Rules within their limits; where they are not, none of its own.</returns>
    private static DiscussionRules Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BreakingJson.Default.DiscussionRules) is { } rules && rules.IsWithinLimits ? rules : new DiscussionRules();
        }
        catch (JsonException)
        {
            return new DiscussionRules();
        }
    }
}

[JsonSerializable(typeof(DiscussionRules))]
internal sealed partial class BreakingJson : JsonSerializerContext;
