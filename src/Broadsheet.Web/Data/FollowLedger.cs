using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Changes what addresses follow: yes, no, less often, no more.</summary>
internal static class FollowLedger
{
    /// <summary>How long a question waits for its answer.</summary>
    public static readonly TimeSpan AskedFor = TimeSpan.FromDays(7);

    public const string EndedByReader = "You ended it.";

    /// <summary>As comments fold addresses.</summary>
    public static string Fold(string email) => email.Trim().ToLowerInvariant();

    /// <summary>An address that mail can be sent to, by its shape.</summary>
    public static bool IsAddress(string email) => PeopleLedger.Check(new PersonEdit(email, null, null, null)) is null && email.LastIndexOf('.') > email.LastIndexOf('@') + 1 && !email.Contains('"', StringComparison.Ordinal);

    /// <summary>What was asked for together, and waits for an answer or has got it.</summary>
    public static IQueryable<Subscription> OfAsk(this BroadsheetDb db, long ask, DateTimeOffset now)
    {
        var since = now - AskedFor;
        return db.Subscriptions.Where(s => s.Ask == ask && s.AskedAt > since && s.State != SubscriptionState.Ended).OrderBy(s => s.Kind);
    }

    /// <summary>What is still asked about together with one row, and that row. In one look: between two, another question may take the place of this one.</summary>
    public static IQueryable<Subscription> PendingWith(this BroadsheetDb db, long id, DateTimeOffset now)
    {
        var since = now - AskedFor;
        return from asked in db.Subscriptions
               where asked.Id == id && asked.State == SubscriptionState.Pending
               from row in db.Subscriptions
               where row.Ask == asked.Ask && row.AskedAt > since && row.State == SubscriptionState.Pending
               orderby row.Kind
               select row;
    }

    /// <summary>The address says that it meant it. Twice is as good as once.</summary>
    /// <param name="origin">Scheme and host by which it was reached.</param>
    /// <returns>What it follows now; empty where the question is too old, or was taken back.</returns>
    public static async Task<List<Subscription>> ConfirmAsync(WriteScope scope, long ask, string origin, CancellationToken ct)
    {
        var rows = await scope.Db.OfAsk(ask, scope.Now).AsTracking().ToListAsync(ct);
        foreach (var row in rows.Where(r => r.State == SubscriptionState.Pending)) (row.State, row.ConfirmedAt, row.Origin) = (SubscriptionState.Active, scope.Now, origin);
        // Whoever asked while signed in has proved that the account's address is theirs.
        if (rows.FirstOrDefault()?.PersonId is { } person && await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == person, ct) is { } account && account.NormalizedEmail == PeopleLedger.Fold(rows[0].Email)) account.EmailConfirmed = true;
        return rows;
    }

    /// <summary>Ends some of what an address follows.</summary>
    /// <param name="of">Which of its rows.</param>
    public static Task<int> EndAsync(WriteScope scope, string folded, IReadOnlyList<long> of, CancellationToken ct) =>
        EndAsync(scope, scope.Db.Subscriptions.Where(s => s.EmailFolded == folded && of.Contains(s.Id)), EndedByReader, ct);

    /// <summary>Ends all that comes in the daily mail.</summary>
    public static Task<int> EndDailyAsync(WriteScope scope, string folded, CancellationToken ct) =>
        EndAsync(scope, scope.Db.Subscriptions.Where(s => s.EmailFolded == folded && s.Frequency == MailFrequency.Daily), EndedByReader, ct);

    /// <summary>Ends all that an address follows.</summary>
    public static Task<int> EndAllAsync(WriteScope scope, string folded, string reason, CancellationToken ct) =>
        EndAsync(scope, scope.Db.Subscriptions.Where(s => s.EmailFolded == folded), reason, ct);

    public static Task<int> ChangeAsync(WriteScope scope, string folded, long id, MailFrequency frequency, CancellationToken ct) => scope.Db.Subscriptions
        .Where(s => s.EmailFolded == folded && s.Id == id && s.State == SubscriptionState.Active && s.Frequency != frequency).ExecuteUpdateAsync(set => set.SetProperty(s => s.Frequency, frequency), ct);

    private static Task<int> EndAsync(WriteScope scope, IQueryable<Subscription> rows, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        return rows.Where(s => s.State != SubscriptionState.Ended).ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SubscriptionState.Ended).SetProperty(s => s.Reason, reason).SetProperty(s => s.EndedAt, now), ct);
    }
}
