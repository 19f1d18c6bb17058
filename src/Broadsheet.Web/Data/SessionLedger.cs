using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Begins and ends sessions, and notes when they were seen.</summary>
internal static class SessionLedger
{
    public const int MaxUserAgentLength = 250;

    /// <summary>A session is noted as seen at most so often: a reader's page costs no write.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromHours(1);

    private const int ForgottenAtOnce = 1_000;

    /// <summary>What is held of a person's sessions is out of date. Not <see cref="PeopleLedger.Tag"/>: no page changes.</summary>
    public const string TagPrefix = "sessions:";

    /// <param name="session">Without its number and times.</param>
    /// <param name="instead">The session that this browser had: it ends. Null for none.</param>
    /// <param name="isKnownBrowser">Else its owner is told by mail, unless this is their first sign-in of all.</param>
    public static async Task<Session> BeginAsync(WriteScope scope, Session session, long? instead, bool isKnownBrowser, CancellationToken ct)
    {
        (session.BeganAt, session.SeenAt) = (scope.Now, scope.Now);
        scope.Db.Sessions.Add(session);
        var person = await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == session.PersonId, ct);
        var isFirst = person.SignedInAt is null;
        person.SignedInAt = scope.Now;
        if (instead is { } old) await EndAsync(scope, scope.Db.Sessions.Where(s => s.Id == old), ct);
        await scope.FlushAsync(ct);
        if (!isFirst && !isKnownBrowser) await AccountMailLedger.TellAsync(scope, person, MailKind.NewDevice, session.Id, ct);
        return session;
    }

    public static Task SeenAsync(WriteScope scope, long id, CancellationToken ct)
    {
        var (now, before) = (scope.Now, scope.Now - SeenEvery);
        return scope.Db.Sessions.Where(s => s.Id == id && s.EndedAt == null && s.SeenAt <= before).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), ct);
    }

    /// <returns>How many ended: one, or none where it is not theirs.</returns>
    public static Task<int> EndAsync(WriteScope scope, long personId, long id, CancellationToken ct) => EndAsync(scope, scope.Db.Sessions.Where(s => s.PersonId == personId && s.Id == id), ct);

    /// <param name="but">Goes on; null for none.</param>
    public static Task<int> EndAllAsync(WriteScope scope, long personId, long? but, CancellationToken ct) => EndAsync(scope, scope.Db.Sessions.Where(s => s.PersonId == personId && s.Id != but), ct);

    /// <summary>Forgets what nobody can be signed in by any more.</summary>
    /// <param name="unseenSince">Older ones go.</param>
    /// <returns>There is more.</returns>
    public static async Task<bool> ForgetAsync(WriteScope scope, DateTimeOffset unseenSince, CancellationToken ct)
    {
        var old = await scope.Db.Sessions.Where(s => s.SeenAt < unseenSince).OrderBy(s => s.SeenAt).Select(s => s.Id).Take(ForgottenAtOnce).ToListAsync(ct);
        if (old.Count > 0) await scope.Db.Sessions.Where(s => old.Contains(s.Id)).ExecuteDeleteAsync(ct);
        return old.Count == ForgottenAtOnce;
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static async Task<int> EndAsync(WriteScope scope, IQueryable<Session> which, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        var open = which.Where(s => s.EndedAt == null);
        foreach (var person in await open.Select(s => s.PersonId).Distinct().ToListAsync(ct)) scope.Evict(string.Create(CultureInfo.InvariantCulture, $"{TagPrefix}{person}"));
        return await open.ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), ct);
    }
}
