using System.Security.Cryptography;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Takes mail from its queue and notes what became of it.</summary>
internal static class MailLedger
{
    /// <summary>A mail that cannot be delivered for so long is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    /// <summary>How long it is known what was sent: long enough that no job that runs again sends it again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(60);
    private const int ForgottenAtOnce = 1_000;

    /// <summary>Takes mail that is due, so that no other sender has it for the time of the lease.</summary>
    public static async Task<List<QueuedMail>> ClaimAsync(WriteScope scope, int limit, TimeSpan lease, CancellationToken ct)
    {
        var (db, now, claim) = (scope.Db, scope.Now, BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)));
        DateTimeOffset? until = now + lease;
        var due = db.Mails.Where(m => m.State == MailState.Waiting && m.DueAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil < now));
        var ids = await due.OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(limit).Select(m => m.Id).ToListAsync(ct);
        // On PostgreSQL another sender may be a moment ahead: what it has taken is due no more.
        await due.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.Claim, claim).SetProperty(m => m.ClaimedUntil, until), ct);
        return await db.Mails.AsNoTracking().Where(m => ids.Contains(m.Id) && m.Claim == claim).OrderBy(m => m.Id).ToListAsync(ct);
    }

    /// <summary>Sent, or nothing to send any more.</summary>
    public static Task DoneAsync(WriteScope scope, QueuedMail mail, MailState state, string? note, CancellationToken ct)
    {
        var (id, claim) = (mail.Id, mail.Claim);
        DateTimeOffset? now = scope.Now;
        return scope.Db.Mails.Where(m => m.Id == id && m.Claim == claim).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state).SetProperty(m => m.Note, Cut(note)).SetProperty(m => m.DoneAt, now).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>What waits is due at once, and what was given up since then is tried again.</summary>
    /// <returns>How many.</returns>
    public static Task<int> RetryAsync(WriteScope scope, DateTimeOffset since, CancellationToken ct)
    {
        var now = scope.Now;
        return scope.Db.Mails.Where(m => (m.State == MailState.Waiting && m.ClaimedUntil == null && m.DueAt > now && m.Attempts > 0) || (m.State == MailState.Dropped && m.DoneAt > since))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Waiting).SetProperty(m => m.CreatedAt, now).SetProperty(m => m.DueAt, now).SetProperty(m => m.Attempts, 0).SetProperty(m => m.DoneAt, (DateTimeOffset?)null), ct);
    }

    /// <summary>The mail server says that there is no such address: nothing is sent there any more.</summary>
    public static async Task RefuseAsync(WriteScope scope, QueuedMail mail, string reason, CancellationToken ct)
    {
        await DoneAsync(scope, mail, MailState.Refused, reason, ct);
        await FollowLedger.EndAllAsync(scope, mail.EmailFolded, Cut($"The mail server refused the address: {reason}")!, ct);
        DateTimeOffset? now = scope.Now;
        await scope.Db.Mails.Where(m => m.EmailFolded == mail.EmailFolded && (m.State == MailState.Waiting || m.State == MailState.Gathered || m.State == MailState.Crowded))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Skipped).SetProperty(m => m.DoneAt, now).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>It did not go now: tried again later and later, in the end given up.</summary>
    public static Task PostponeAsync(WriteScope scope, QueuedMail mail, string reason, CancellationToken ct)
    {
        if (scope.Now - mail.CreatedAt >= Patience) return DoneAsync(scope, mail, MailState.Dropped, reason, ct);
        var (id, claim, attempts) = (mail.Id, mail.Claim, mail.Attempts + 1);
        var due = scope.Now + Wait(attempts);
        return scope.Db.Mails.Where(m => m.Id == id && m.Claim == claim).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Attempts, attempts).SetProperty(m => m.DueAt, due).SetProperty(m => m.Note, Cut(reason)).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>1, 4, 16, 64 minutes, then every four hours.</summary>
    public static TimeSpan Wait(int attempts) => TimeSpan.FromMinutes(Math.Min(240, Math.Pow(4, attempts - 1)));

    /// <summary>While no mail server can be reached: what has waited too long is given up.</summary>
    public static Task GiveUpOldAsync(WriteScope scope, string reason, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        var since = scope.Now - Patience;
        return scope.Db.Mails.Where(m => m.State == MailState.Waiting && m.DueAt <= scope.Now && m.CreatedAt < since)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Dropped).SetProperty(m => m.Note, Cut(reason)).SetProperty(m => m.DoneAt, now), ct);
    }

    /// <summary>Makes the digests of what was gathered up to <paramref name="until"/>: one for each address, and none for one that has had today's.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> GatherAsync(WriteScope scope, DateTimeOffset until, int batch, CancellationToken ct)
    {
        var db = scope.Db;
        var gathered = db.Mails.Where(m => m.State == MailState.Gathered && m.DueAt <= until && !db.Mails.Any(d => d.EmailFolded == m.EmailFolded && d.Kind == MailKind.Digest && d.CreatedAt >= until));
        var addresses = await gathered.GroupBy(m => m.EmailFolded).OrderBy(g => g.Key).Take(batch).Select(g => new { g.Key, Last = g.Max(m => m.Id) }).ToListAsync(ct);
        if (addresses.Count == 0) return 0;
        var (lasts, folded) = (addresses.ConvertAll(a => a.Last), addresses.ConvertAll(a => a.Key));
        var digests = (await db.Mails.AsNoTracking().Where(m => lasts.Contains(m.Id)).ToListAsync(ct)).ConvertAll(m => new QueuedMail { Kind = MailKind.Digest, Email = m.Email, EmailFolded = m.EmailFolded, SubscriptionId = m.SubscriptionId, CreatedAt = scope.Now, DueAt = scope.Now });
        var ids = digests.Count == 0 ? [] : await scope.NewIdsAsync<QueuedMail>(digests.Count, ct);
        for (var i = 0; i < digests.Count; i++) digests[i].Id = ids[i];
        DateTimeOffset? now = scope.Now;
        // First what they carry: afterwards they would stand in their own way.
        foreach (var digest in digests)
            await db.Mails.Where(m => m.EmailFolded == digest.EmailFolded && m.State == MailState.Gathered && m.DueAt <= until)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Digested).SetProperty(m => m.DigestId, digest.Id).SetProperty(m => m.DoneAt, now), ct);
        await scope.InsertManyAsync(digests, ct);
        return folded.Count;
    }

    /// <summary>Makes one mail of all that was gathered for a follower of a busy discussion, where the first of it came before <paramref name="until"/>.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> GatherCrowdsAsync(WriteScope scope, DateTimeOffset until, int batch, CancellationToken ct)
    {
        var db = scope.Db;
        var crowded = db.Mails.Where(m => m.State == MailState.Crowded);
        var due = await crowded.Where(m => m.DueAt <= until).OrderBy(m => m.DueAt).Select(m => m.SubscriptionId).Take(batch).Distinct().ToListAsync(ct);
        DateTimeOffset? now = scope.Now;
        foreach (var subscription in due)
        {
            // Another server may have been a moment ahead.
            if (await crowded.AsNoTracking().Where(m => m.SubscriptionId == subscription).OrderByDescending(m => m.Id).FirstOrDefaultAsync(ct) is not { } last) continue;
            var mail = new QueuedMail { Kind = MailKind.Hourly, Email = last.Email, EmailFolded = last.EmailFolded, SubscriptionId = subscription, CreatedAt = scope.Now, DueAt = scope.Now };
            db.Mails.Add(mail);
            await scope.FlushAsync(ct);
            var id = mail.Id;
            await crowded.Where(m => m.SubscriptionId == subscription)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Digested).SetProperty(m => m.DigestId, id).SetProperty(m => m.DoneAt, now), ct);
        }
        return due.Count;
    }

    /// <summary>Forgets mail of long ago, questions that were never answered and what was ended.</summary>
    /// <returns>There is more.</returns>
    public static async Task<bool> ForgetAsync(WriteScope scope, CancellationToken ct)
    {
        var (db, old) = (scope.Db, scope.Now - Remembered);
        var unanswered = scope.Now - FollowLedger.AskedFor;
        var mails = await db.Mails.Where(m => m.DoneAt != null && m.DoneAt < old).OrderBy(m => m.DoneAt).Select(m => m.Id).Take(ForgottenAtOnce).ToListAsync(ct);
        await db.Mails.Where(m => mails.Contains(m.Id)).ExecuteDeleteAsync(ct);
        var subscriptions = await db.Subscriptions.Where(s => (s.State == SubscriptionState.Pending && s.AskedAt < unanswered) || (s.State == SubscriptionState.Ended && s.AskedAt < old && s.EndedAt < old)).Select(s => s.Id).Take(ForgottenAtOnce).ToListAsync(ct);
        await db.Subscriptions.Where(s => subscriptions.Contains(s.Id)).ExecuteDeleteAsync(ct);
        return mails.Count == ForgottenAtOnce || subscriptions.Count == ForgottenAtOnce;
    }

    private static string? Cut(string? note) => note is { Length: > 500 } ? note[..500] : note;
}
