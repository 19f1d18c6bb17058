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
            notices.Say(http, new DeskShell.Notice(ids.Count == 0 ? "Tick some of them first." : act.Length == 0 ? "Choose what to do with them." : "Choose what to do, and the category or tag that it is about."));
            return TypedResults.LocalRedirect(back);
        }
        var publication = await publications.GetAsync(ct);
        var (done, left, term) = await writes.RunAsync(async (scope, token) =>
        {
            var (changed, reasons) = (new List<StoodBefore>(), new List<string>());
            var termId = act == "tag" ? (await TermLedger.TagsAsync(scope, [name], token))[0] : act == "category" ? category : null;
            foreach (var article in await ArticleBulkLedger.HoldAsync(scope, kind, ids, token))
            {
                var before = new StoodBefore(article.Id, article.Status, article.PublishedAt);
                if (BulkDeed.WhyNot(act, person, kind, article.AuthorId, article.Status) is { } not) reasons.Add(not);
                else if (await ActAsync(scope, publication, person, kind, article, act, termId, token) is { } why) reasons.Add(why);
                else changed.Add(before);
            }
            reasons.AddRange(Enumerable.Repeat("not here any more", ids.Count - changed.Count - reasons.Count));
            return (changed, reasons, termId);
        }, ct);
        notices.Say(http, new DeskShell.Notice($"{Count(done.Count)} {BulkDeed.Of(act)!.Done}.{Left(left)}", done.Count > 0 ? $"{Prefix(kind)}bulk/undo/" : null,
            [KeyValuePair.Create("back", back), KeyValuePair.Create("term", (term ?? 0).ToString(CultureInfo.InvariantCulture)), .. done.Select(d => KeyValuePair.Create("was", string.Create(CultureInfo.InvariantCulture, $"{d.Id}:{d.Status}:{d.At?.ToUnixTimeMilliseconds()}")))]));
        return TypedResults.LocalRedirect(back);
    }

    /// <returns>Why it was left; null where it is done.</returns>
    private static async Task<string?> ActAsync(WriteScope scope, Publication publication, CurrentPerson person, ArticleKind kind, Article article, string act, long? term, CancellationToken ct)
    {
        switch (act)
        {
            case "publish":
                return await ArticleBulkLedger.PublishAsync(scope, publication, article, person.Id, ct) ? null : "without a headline";
            case "draft":
                await ArticleLedger.StandAsync(scope, article, ArticleStatus.Draft, person.Id, ct);
                return null;
            case "trash":
                await TrashLedger.TrashAsync(scope, article, person.Id, ct);
                return null;
            case "restore":
                await TrashLedger.RestoreAsync(scope, article, ArticleRights.MayPublish(person, kind, article.AuthorId), person.Id, ct);
                return null;
            default:
                return await ArticleLedger.AddTermAsync(scope, article, term!.Value, ct) ? null : $"had the {act} already";
        }
    }

    /// <summary>How many were left, and why.</summary>
    private static string Left(List<string> reasons)
    {
        if (reasons.Count == 0) return "";
        var groups = reasons.GroupBy(r => r, StringComparer.Ordinal).ToList();
        var why = groups.Count == 1 ? groups[0].Key : string.Join("; ", groups.Select(g => $"{Count(g.Count()).ToLowerInvariant()} {g.Key}"));
        return $" {Count(reasons.Count)} left as {(reasons.Count == 1 ? "it was" : "they were")}: {why}.";
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

    private static bool IsWhole(string act, long? category, string tag) => act switch { "category" => category is not null, "tag" => tag.Length is > 0 and <= Term.MaxNameLength, _ => BulkDeed.Of(act) is not null };

    private static string Count(int n) => n == 1 ? "One" : n.ToString("N0", CultureInfo.InvariantCulture);

    private static string Prefix(ArticleKind kind) => kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/";
}
