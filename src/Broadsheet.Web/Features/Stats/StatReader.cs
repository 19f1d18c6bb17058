using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Stats;

/// <summary>Reads what was counted: of the publication, or of one article.</summary>
/// <param name="article">Null: of all.</param>
internal sealed class StatReader(BroadsheetDb db, StatRange range, long? article)
{
    private readonly int _from = range.From;

    /// <summary>Day by day, with the days before that it is compared with.</summary>
    public Task<List<StatRow>> DaysAsync(CancellationToken ct)
    {
        var (from, id) = (range.Before ?? 0, article ?? 0);
        return (article is null ? db.Stats.Where(s => s.Kind == StatKind.Total) : db.Stats.Where(s => s.Kind == StatKind.Article && s.ArticleId == id)).Where(s => s.Day >= from).ToListAsync(ct);
    }

    /// <summary>The articles that were looked at most.</summary>
    public async Task<List<ReadArticle>> ArticlesAsync(int most, CancellationToken ct)
    {
        var found = await db.Stats.Where(s => s.Kind == StatKind.Article && s.Day >= _from).GroupBy(s => s.ArticleId)
            .Select(g => new { Id = g.Key, Views = g.Sum(s => s.Views), Reads = g.Sum(s => s.Reads), Seconds = g.Sum(s => s.Seconds) })
            .OrderByDescending(a => a.Views).ThenBy(a => a.Id).Take(most).ToListAsync(ct);
        var ids = found.ConvertAll(f => f.Id);
        var titles = await db.Articles.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.TitleText }).ToDictionaryAsync(a => a.Id, a => a.TitleText, ct);
        return found.ConvertAll(f => new ReadArticle(f.Id, titles.TryGetValue(f.Id, out var title) ? title.Length > 0 ? title : "Untitled" : "An article that is gone", f.Views, f.Reads, f.Seconds));
    }

    /// <summary>Sources, pages, words or countries, most views first.</summary>
    public async Task<List<Named>> NamedAsync(StatKind kind, int most, CancellationToken ct)
    {
        var id = article ?? 0;
        var rows = db.Stats.Where(s => s.Kind == kind && s.Day >= _from);
        if (article is not null) rows = rows.Where(s => s.ArticleId == id);
        var found = await rows.GroupBy(s => s.Key).Select(g => new { g.Key, Views = g.Sum(s => s.Views) }).OrderByDescending(n => n.Views).ThenBy(n => n.Key).Take(most).ToListAsync(ct);
        return found.ConvertAll(n => new Named(n.Key, n.Views));
    }

    /// <summary>What readers did beside reading.</summary>
    public async Task<Doings> DoingsAsync(Publication publication, CancellationToken ct)
    {
        var id = article ?? 0;
        var likes = await db.Stats.Where(s => s.Kind == StatKind.Like && s.Day >= _from && (id == 0 || s.ArticleId == id)).SumAsync(s => s.Views, ct);
        var first = DateOnly.FromDayNumber(_from);
        if (article is not null)
        {
            var since = first.ToDateTime(TimeOnly.MinValue);
            var under = await db.Comments.CountAsync(c => c.ArticleId == id && c.Standing == Standing.Shown && c.Kind == CommentKind.Comment && c.AtLocal >= since, ct);
            var watching = await db.Subscriptions.CountAsync(s => s.ArticleId == id && s.Kind == SubscriptionKind.Thread && s.State == SubscriptionState.Active, ct);
            return new Doings(likes, under, watching, null);
        }
        var comments = await db.ModerationDays.Where(d => d.Day >= first).SumAsync(d => d.Received - d.Caught, ct);
        var followers = db.Subscriptions.Where(s => s.Kind == SubscriptionKind.Articles && s.State == SubscriptionState.Active);
        var begin = range.Days == 0 ? DateTimeOffset.UnixEpoch : DeskStart(publication, first);
        return new Doings(likes, comments, await followers.CountAsync(ct), await followers.CountAsync(s => s.ConfirmedAt >= begin, ct));
    }

    private static DateTimeOffset DeskStart(Publication publication, DateOnly day) => Reads.Desk.DeskTime.Instant(publication, day.ToDateTime(TimeOnly.MinValue)) ?? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

internal sealed record ReadArticle(long Id, string Title, long Views, long Reads, long Seconds);

internal sealed record Named(string Key, int Views);

/// <param name="Followers">Who follow the publication by e-mail, or the discussion of the one article, now.</param>
/// <param name="NewFollowers">Of them, those who began in this time; null where it is not known.</param>
internal sealed record Doings(int Likes, int Comments, int Followers, int? NewFollowers);
