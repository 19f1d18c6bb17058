using System.Security.Cryptography;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What a reader asked to be told of by e-mail.</summary>
/// <param name="PersonId">Who is signed in; null for a guest.</param>
/// <param name="ArticleId">Of replies and threads; 0 where only new articles are asked for.</param>
/// <param name="Origin">Scheme and host of the request.</param>
/// <param name="Network">Where the request came from; null where that is not counted.</param>
internal sealed record FollowWish(string Email, long? PersonId, long ArticleId, IReadOnlyList<SubscriptionKind> Kinds, MailFrequency Frequency, string Origin, string? Network);

/// <summary>
/// Takes readers' wishes to follow something. To an address goes nothing but one question whether this was meant, until it says yes; only someone
/// who is signed in with an address that was confirmed before is not asked. What comes back says nothing about the address.
/// </summary>
internal sealed class FollowRequests(IDatabaseEngine engine, Writes writes, ISharedCounts counts)
{
    /// <summary>Questions to one address in a day: enough for someone who loses the first, too few to trouble a stranger.</summary>
    public const int MostForAddressADay = 3;

    /// <summary>The same in a month: whoever never answers is left alone.</summary>
    public const int MostForAddressAMonth = 10;

    /// <summary>Wishes of one network in a day, whatever came of them: a count of questions would tell which addresses follow already.</summary>
    public const int MostOfNetworkADay = 30;

    /// <summary>Someone waits for the question: it goes before the ten thousand mails of a discussion.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private readonly NetworkPace _pace = new("wishes to follow", MostOfNetworkADay, TimeSpan.FromDays(1), counts);

    /// <returns>False: this network has asked too often today, and nothing was stored. It never depends on the address.</returns>
    public async Task<bool> AskAsync(FollowWish wish, CancellationToken ct)
    {
        if (wish.Kinds.Count == 0) return true;
        if (wish.Network is { } network && await _pace.TakeAsync(network) is not null) return false;
        try
        {
            await writes.RunAsync((scope, token) => StoreAsync(scope, wish, token), ct);
        }
        catch (Exception problem) when (engine.IsUniqueViolation(problem))
        {
            // The same address asked twice at the same moment, on PostgreSQL: the second now finds the first.
            await writes.RunAsync((scope, token) => StoreAsync(scope, wish, token), ct);
        }
        return true;
    }

    private static async Task StoreAsync(WriteScope scope, FollowWish wish, CancellationToken ct)
    {
        var (db, folded) = (scope.Db, FollowLedger.Fold(wish.Email));
        var person = wish.PersonId is { } id ? await db.Users.Where(p => p.Id == id && p.NormalizedEmail == PeopleLedger.Fold(wish.Email)).Select(p => new { p.Id, p.EmailConfirmed }).FirstOrDefaultAsync(ct) : null;
        var known = await db.Subscriptions.AsTracking().Where(s => s.EmailFolded == folded && (s.ArticleId == wish.ArticleId || s.ArticleId == 0)).ToListAsync(ct);
        var wanted = wish.Kinds.Distinct().Where(k => !known.Exists(s => s.Kind == k && s.State == SubscriptionState.Active)).ToList();
        if (wanted.Count == 0) return;
        var isProven = person?.EmailConfirmed == true;
        if (!isProven && await WasAskedEnoughAsync(scope, folded, ct)) return;
        var rows = wanted.ConvertAll(kind => RowOf(db, known, wish, kind, folded));
        var ask = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
        foreach (var row in rows)
        {
            (row.Email, row.PersonId, row.Origin, row.Frequency) = (wish.Email, person?.Id, wish.Origin, wish.Frequency);
            (row.Ask, row.AskedAt, row.Reason, row.EndedAt) = (ask, scope.Now, null, null);
            (row.State, row.ConfirmedAt) = isProven ? (SubscriptionState.Active, scope.Now) : (SubscriptionState.Pending, (DateTimeOffset?)null);
        }
        await scope.FlushAsync(ct);
        if (!isProven) db.Mails.Add(new QueuedMail { Kind = MailKind.Confirmation, Email = wish.Email, EmailFolded = folded, SubscriptionId = rows[0].Id, CreatedAt = scope.Now, DueAt = scope.Now - Ahead });
    }

    private static async Task<bool> WasAskedEnoughAsync(WriteScope scope, string folded, CancellationToken ct)
    {
        var (day, month) = (scope.Now.AddDays(-1), scope.Now.AddDays(-30));
        var asked = await scope.Db.Mails.Where(m => m.EmailFolded == folded && m.CreatedAt > month && m.Kind == MailKind.Confirmation).OrderByDescending(m => m.CreatedAt).Select(m => m.CreatedAt).Take(MostForAddressAMonth).ToListAsync(ct);
        return asked.Count >= MostForAddressAMonth || asked.Count(at => at > day) >= MostForAddressADay;
    }

    private static Subscription RowOf(BroadsheetDb db, List<Subscription> known, FollowWish wish, SubscriptionKind kind, string folded)
    {
        if (known.Find(s => s.Kind == kind) is { } found) return found;
        var row = new Subscription { Kind = kind, EmailFolded = folded, ArticleId = kind == SubscriptionKind.Articles ? 0 : wish.ArticleId };
        db.Subscriptions.Add(row);
        return row;
    }
}
