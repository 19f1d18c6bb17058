using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>One thing done to all articles that are ticked in the list; what this person may not do to one of them is left, and told. One press takes it back.</summary>
internal sealed class BulkArticles(Writes writes, PublicationStore publications, SiteIndexStore indexes, Notices notices)
{
    /// <summary>A page of the list has fewer; the way back must fit into a cookie.</summary>
    private const int Most = 40;

    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapPost("/bulk/", (HttpContext http, BulkArticles action) => action.HandleAsync(http, kind));
        room.MapPost("/bulk/undo/", (HttpContext http, BulkArticles action) => action.UndoAsync(http, kind));
    }

    private async Task<IResult> HandleAsync(HttpContext http, ArticleKind kind)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        var back = LocalAddress.Of(form["back"], Prefix(kind));
        var ids = form["id"].Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().Take(Most).ToList();
        var (act, name) = (form["do"].ToString(), form["tag"].ToString().ReplaceLineEndings(" ").Trim());
        var index = await indexes.GetAsync(ct);
        var category = long.TryParse(form["category"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && index.Categories.ContainsKey(chosen) ? chosen : (long?)null;
        if (ids.Count == 0 || !IsWhole(act, category, name))
        {
            notices.Say(http, new DeskShell.Notice(ids.Count == 0 ? "Tick some of them first." : "Choose what to do, and the category or tag that it is about."));
            return TypedResults.LocalRedirect(back);
        }
        var publication = await publications.GetAsync(ct);
        var (done, left, term) = await writes.RunAsync(async (scope, token) =>
        {
            var (changed, skipped) = (new List<StoodBefore>(), ids.Count);
            var termId = act == "tag" ? (await TermLedger.TagsAsync(scope, [name], token))[0] : act == "category" ? category : null;
            foreach (var article in await ArticleBulkLedger.HoldAsync(scope, kind, ids, token))
            {
                var before = new StoodBefore(article.Id, article.Status, article.PublishedAt);
                if (!ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status) || !await ActAsync(scope, publication, person, kind, article, act, termId, token)) continue;
                changed.Add(before);
                skipped--;
            }
            return (changed, skipped, termId);
        }, ct);
        notices.Say(http, new DeskShell.Notice($"{Count(done.Count)} {Words(act)}.{(left > 0 ? $" {Count(left)} left as {(left == 1 ? "it was" : "they were")}." : "")}", done.Count > 0 ? $"{Prefix(kind)}bulk/undo/" : null,
            [KeyValuePair.Create("back", back), KeyValuePair.Create("term", (term ?? 0).ToString(CultureInfo.InvariantCulture)), .. done.Select(d => KeyValuePair.Create("was", string.Create(CultureInfo.InvariantCulture, $"{d.Id}:{d.Status}:{d.At?.ToUnixTimeMilliseconds()}")))]));
        return TypedResults.LocalRedirect(back);
    }

    private static async Task<bool> ActAsync(WriteScope scope, Publication publication, CurrentPerson person, ArticleKind kind, Article article, string act, long? term, CancellationToken ct)
    {
        var mayPublish = ArticleRights.MayPublish(person, kind, article.AuthorId);
        switch (act)
        {
            case "publish" when mayPublish && article.Status is not (ArticleStatus.Published or ArticleStatus.Trashed):
                return await ArticleBulkLedger.PublishAsync(scope, publication, article, person.Id, ct);
            case "draft" when article.Status is ArticleStatus.Published or ArticleStatus.Scheduled or ArticleStatus.InReview or ArticleStatus.Private:
                await ArticleLedger.StandAsync(scope, article, ArticleStatus.Draft, person.Id, ct);
                return true;
            case "trash" when article.Status != ArticleStatus.Trashed:
                await TrashLedger.TrashAsync(scope, article, person.Id, ct);
                return true;
            case "restore" when article.Status == ArticleStatus.Trashed:
                await TrashLedger.RestoreAsync(scope, article, mayPublish, person.Id, ct);
                return true;
            case "category" or "tag" when term is { } id:
                return await ArticleLedger.AddTermAsync(scope, article, id, ct);
            default:
                return false;
        }
    }

    private async Task<IResult> UndoAsync(HttpContext http, ArticleKind kind)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        var before = form["was"].Select(Read).OfType<StoodBefore>().Take(Most).ToDictionary(b => b.Id);
        var term = long.TryParse(form["term"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
        var publication = await publications.GetAsync(ct);
        await writes.RunAsync(async (scope, token) =>
        {
            foreach (var article in await ArticleBulkLedger.HoldAsync(scope, kind, before.Keys, token))
            {
                var was = before[article.Id];
                // The form may be anyone's: it gives no right that its sender has not.
                if (!ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status) || (was.Status is ArticleStatus.Published or ArticleStatus.Scheduled or ArticleStatus.Private && !ArticleRights.MayPublish(person, kind, article.AuthorId))) continue;
                if (term > 0) await ArticleLedger.RemoveTermAsync(scope, article, term, token);
                else if (was.Status == ArticleStatus.Trashed) await TrashLedger.TrashAsync(scope, article, person.Id, token);
                else if (article.Status == ArticleStatus.Trashed) await TrashLedger.RestoreAsync(scope, article, ArticleRights.MayPublish(person, kind, article.AuthorId), person.Id, token);
                else if (was.Status is not (ArticleStatus.Published or ArticleStatus.Scheduled) || was.At is not null) await ArticleBulkLedger.StandAgainAsync(scope, publication, article, was, person.Id, token);
            }
        }, ct);
        notices.Say(http, new DeskShell.Notice("All as it was."));
        return TypedResults.LocalRedirect(LocalAddress.Of(form["back"], Prefix(kind)));
    }

    private static StoodBefore? Read(string? written) => written?.Split(':') is [var id, var status, var at] && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.TryParse<ArticleStatus>(status, out var known) && Enum.IsDefined(known)
        ? new StoodBefore(number, known, long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) && ms is > -62_135_596_800_000 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null) : null;

    private static bool IsWhole(string act, long? category, string tag) => act switch { "publish" or "draft" or "trash" or "restore" => true, "category" => category is not null, "tag" => tag.Length is > 0 and <= Term.MaxNameLength, _ => false };

    private static string Words(string act) => act switch { "publish" => "published", "draft" => "back to drafts", "trash" => "in the trash", "restore" => "put back", "category" => "got the category", _ => "got the tag" };

    private static string Count(int n) => n == 1 ? "One" : n.ToString("N0", CultureInfo.InvariantCulture);

    private static string Prefix(ArticleKind kind) => kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/";
}
