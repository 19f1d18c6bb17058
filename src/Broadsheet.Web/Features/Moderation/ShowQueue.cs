using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Comments of one standing, newest first, each with what a decision needs: what it answers, what the checks said, who writes.</summary>
internal sealed class ShowQueue(IDatabaseEngine engine, ReaderSites sites, DeskPages pages)
{
    private const int PageSize = 25;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowQueue action) => action.ShowAsync(http));

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var standing = QueueNames.Parse(http.Request.Query["show"]) ?? Standing.Held;
        var before = Cursor(http.Request.Query["before"]);
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var comments = await PageAsync(db, standing, before, ct);
        var view = new QueuePage.Content
        {
            Queue = QueueNames.Of(standing),
            // What waits is counted by its index; what is shown is most of all, and its number decides nothing.
            Tabs = [.. await Task.WhenAll(QueueNames.All.Select(s => TabAsync(s, standing, ct)))],
            Cards = await CardsAsync(db, site, [.. comments.Take(PageSize)], ct),
            Older = comments.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"/newsroom/comments/?show={QueueNames.Of(standing)}&before={comments[PageSize - 1].At.ToUnixTimeMilliseconds()}.{comments[PageSize - 1].Id}") : null,
            IsLater = before is not null,
            Here = http.Request.Path + http.Request.QueryString,
        };
        return await pages.ShowAsync<QueuePage>(http, view);
    }

    /// <summary>One range of the index of standing, time and id.</summary>
    private static Task<List<Comment>> PageAsync(BroadsheetDb db, Standing standing, (DateTimeOffset At, long Id)? before, CancellationToken ct)
    {
        var comments = db.Comments.Where(c => c.Standing == standing);
        if (before is { } from) comments = comments.Where(c => c.At < from.At || (c.At == from.At && c.Id < from.Id));
        return comments.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(PageSize + 1).ToListAsync(ct);
    }

    private async Task<QueuePage.Tab> TabAsync(Standing standing, Standing current, CancellationToken ct)
    {
        await using var db = engine.Open();
        var count = standing == Standing.Shown ? (int?)null : await db.Comments.CountAsync(c => c.Standing == standing, ct);
        return new QueuePage.Tab(char.ToUpperInvariant(QueueNames.Of(standing)[0]) + QueueNames.Of(standing)[1..], $"/newsroom/comments/?show={QueueNames.Of(standing)}", standing == current, count);
    }

    private static async Task<IReadOnlyList<QueuePage.Card>> CardsAsync(BroadsheetDb db, ReaderSite site, List<Comment> comments, CancellationToken ct)
    {
        if (comments.Count == 0) return [];
        var (articleIds, parentIds) = (comments.Select(c => c.ArticleId).Distinct().ToList(), comments.Where(c => c.ParentId is not null).Select(c => c.ParentId!.Value).Distinct().ToList());
        var articles = await db.Articles.Where(a => articleIds.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        var parents = parentIds.Count == 0 ? [] : await db.Comments.Where(c => parentIds.Contains(c.Id)).Select(c => new { c.Id, c.AuthorName, c.BodyHtml }).ToDictionaryAsync(c => c.Id, ct);
        var (emails, people) = (comments.Select(c => c.EmailFolded).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal).ToList(), comments.Select(c => c.PersonId).OfType<long>().Distinct().ToList());
        var history = await db.Comments.Where(c => emails.Contains(c.EmailFolded)).GroupBy(c => new { c.EmailFolded, c.Standing }).Select(g => new { g.Key.EmailFolded, g.Key.Standing, Count = g.Count() }).ToListAsync(ct);
        var ids = comments.ConvertAll(c => c.Id);
        var decisions = await db.Decisions.Where(d => ids.Contains(d.CommentId)).LeftJoin(db.Users, d => d.PersonId, p => p.Id, (d, p) => new { d.Id, d.CommentId, d.To, d.At, Who = p == null ? "someone" : p.DisplayName }).ToListAsync(ct);
        var takenBack = comments.Exists(c => c.Standing == Standing.Trashed) ? await db.TakenBack().Where(m => ids.Contains(m.OwnerId)).Select(m => m.OwnerId).ToListAsync(ct) : [];
        return [.. comments.Select(c =>
        {
            var article = articles.GetValueOrDefault(c.ArticleId);
            var parent = c.ParentId is { } id ? parents.GetValueOrDefault(id) : null;
            var url = article is null ? "" : site.Links.To(article);
            int Count(Standing s) => history.Where(h => h.EmailFolded == c.EmailFolded && h.Standing == s).Sum(h => h.Count);
            var last = decisions.Where(d => d.CommentId == c.Id).MaxBy(d => d.Id);
            return new QueuePage.Card
            {
                Id = c.Id,
                Author = c.AuthorName.Length > 0 ? c.AuthorName : "Anonymous",
                Email = c.AuthorEmail,
                Url = c.AuthorUrl,
                Ip = c.AuthorIp,
                IsPing = c.Kind is CommentKind.Pingback or CommentKind.Trackback,
                When = DeskTime.Of(c.AtLocal),
                Number = c.FullNumber?.ToString(),
                Body = SafeHtml.FromStore(c.BodyHtml),
                Article = article is { TitleText.Length: > 0 } ? article.TitleText : "Untitled",
                ArticleUrl = url,
                CommentUrl = c.Standing == Standing.Shown && url.Length > 0 ? site.Links.ToComment(url, c.Id, c.FullNumber) : null,
                ParentAuthor = parent?.AuthorName,
                ParentWords = parent is null ? null : Excerpt.Of(SafeHtml.FromStore(parent.BodyHtml), 40),
                Checks = ChecksOf(c.Screening),
                ShownBefore = c.EmailFolded.Length > 0 ? Count(Standing.Shown) : null,
                HeldBefore = c.EmailFolded.Length > 0 ? Count(Standing.Held) : null,
                SpamBefore = c.EmailFolded.Length > 0 ? Count(Standing.Spam) : null,
                Decided = takenBack.Contains(c.Id) ? "deleted by its writer" : last is null ? null : $"{QueueNames.Of(last.To)} by {last.Who}, {DeskTime.Of(site.Publication, last.At)}",
            };
        })];
    }

    private static IReadOnlyList<QueuePage.Check> ChecksOf(string? json)
    {
        if (json is null) return [];
        try
        {
            return [.. (JsonSerializer.Deserialize(json, ChecksJson.Default.IReadOnlyListCheckResult) ?? []).Select(r => new QueuePage.Check(r.Check, r.Leaning.ToString().ToLowerInvariant(), r.Reason))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static (DateTimeOffset At, long Id)? Cursor(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && at is > -62_000_000_000_000 and < 250_000_000_000_000 ? (DateTimeOffset.FromUnixTimeMilliseconds(at), id) : null;
    }
}

[JsonSerializable(typeof(IReadOnlyList<CheckResult>))]
internal sealed partial class ChecksJson : JsonSerializerContext;
