using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following.Letters;

/// <summary>What all letters of this room have in common: whom they go to, how they are named and threaded, and how they end.</summary>
internal sealed class LetterDesk(ReaderSites sites, FollowTokens tokens)
{
    /// <summary>The publication with its address: as configured, else as the follower reached it.</summary>
    public ValueTask<ReaderSite> SiteAsync(Subscription subscription, CancellationToken ct) => sites.OfAsync(subscription.Origin, ct);

    /// <summary>Null where it was ended meanwhile, or never confirmed.</summary>
    public static Task<Subscription?> ActiveAsync(BroadsheetDb db, QueuedMail mail, CancellationToken ct) => db.Subscriptions.FirstOrDefaultAsync(s => s.Id == mail.SubscriptionId && s.State == SubscriptionState.Active, ct);

    public static Letter Letter(ReaderSite site, QueuedMail mail, string subject, LetterBody body, string key) => new(mail.Email, site.Publication.Title, subject, body, Key(key, mail.EmailFolded), mail.CreatedAt)
    {
        Language = site.Publication.Language,
        IsRightToLeft = PageViews.Direction(site.Publication.Language) == "rtl",
    };

    /// <summary>The letter of a list, with the ways to leave it.</summary>
    /// <param name="why">Why its reader gets it: a sentence.</param>
    /// <param name="list">See <see cref="LetterList.Id"/>.</param>
    public Letter OfList(ReaderSite site, QueuedMail mail, string subject, LetterBody body, string key, string why, string list, bool isDaily = false)
    {
        var end = site.Links.Absolute(FollowLinks.To(FollowLinks.End, isDaily ? tokens.ToEndDaily(mail.SubscriptionId) : tokens.ToEnd(mail.SubscriptionId)));
        body.Foot(why).Foot(isDaily ? "Unsubscribe from the daily mail" : "Unsubscribe from this", end).Foot("All that you follow", ManageUrl(site, mail.SubscriptionId));
        return Letter(site, mail, subject, body, key) with { EndUrl = end, List = new LetterList(site.Publication.Title, list) };
    }

    public string ManageUrl(ReaderSite site, long subscription) => site.Links.Absolute(FollowLinks.To(FollowLinks.Manage, tokens.ToManage(subscription)));

    public string ConfirmUrl(ReaderSite site, long ask) => site.Links.Absolute(FollowLinks.To(FollowLinks.Confirm, tokens.ToConfirm(ask)));

    /// <summary>For one reader and for ever, so that what answers a mail names it whether or not that was sent.</summary>
    public static string Key(string what, string folded) => $"{what}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folded)).AsSpan(0, 6))}";

    public static string ArticleKey(long id) => string.Create(CultureInfo.InvariantCulture, $"article-{id}");

    public static string CommentKey(long id) => string.Create(CultureInfo.InvariantCulture, $"comment-{id}");

    /// <summary>Those of the comments that everyone sees now, without those of whom this follower has muted.</summary>
    public static async Task<List<CommentRow>> CommentsAsync(BroadsheetDb db, ReaderSite site, Subscription follower, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var rows = await db.PublicComments().Where(c => ids.Contains(c.Id) && c.Kind == CommentKind.Comment).AsRows().ToListAsync(ct);
        if (follower.PersonId is { } person && await db.Mutes.Where(m => m.PersonId == person).Select(m => m.AuthorKey).ToListAsync(ct) is { Count: > 0 } muted) rows.RemoveAll(c => muted.Contains(AuthorKeys.Of(site.Publication, c), StringComparer.Ordinal));
        return rows;
    }

    /// <summary>Those of the articles that everyone may read now.</summary>
    public static Task<Dictionary<long, ArticleRow>> ArticlesAsync(BroadsheetDb db, IReadOnlyList<long> ids, CancellationToken ct) => db.PublicWords().Where(a => ids.Contains(a.Id) && a.Kind != ArticleKind.Other).AsRows(db).ToDictionaryAsync(a => a.Id, ct);

    public static string UrlOf(ReaderSite site, ArticleRow article, CommentRow comment) => site.Links.Absolute(site.Links.ToComment(site.Links.To(article), comment.Id, comment.FullNumber));
}
