using System.Collections.Concurrent;
using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What the database says of a session.</summary>
/// <param name="Hash">Of its secret.</param>
/// <param name="Stamp">The person's security stamp.</param>
/// <param name="Principal">Who it is, ready for requests.</param>
/// <param name="At">When this was read.</param>
internal sealed record SessionStanding(string Hash, string Stamp, SignedInPrincipal Principal, DateTimeOffset SeenAt, DateTimeOffset At);

/// <summary>Asks the database for a session at most once a minute, and at once after a change.</summary>
internal sealed class SessionStandings(IDatabaseEngine engine, TimeProvider clock) : ICommitObserver
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SweptEvery = TimeSpan.FromMinutes(10);
    private static readonly string PersonPrefix = PeopleLedger.Tag(0)[..^1];

    /// <summary>By person, then by session; null: there is none that is open. Sealed cookies only name sessions that were, so that this holds no more than there are.</summary>
    private readonly ConcurrentDictionary<long, ConcurrentDictionary<long, (SessionStanding? Standing, DateTimeOffset At)>> _known = new();
    private long _changes;
    private long _sweptAt;

    public async ValueTask<SessionStanding?> OfAsync(long person, long session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(person, out var sessions) && sessions.TryGetValue(session, out var known) && now - known.At < Trusted) return known.Standing;
        var changes = Interlocked.Read(ref _changes);
        await using var db = engine.Open();
        var row = await db.Sessions.Where(s => s.Id == session && s.PersonId == person && s.EndedAt == null)
            .Join(db.Users, s => s.PersonId, p => p.Id, (s, p) => new { s.Hash, s.Way, s.WayLabel, s.BeganAt, s.SeenAt, s.HasBothSteps, p.DisplayName, p.Role, p.SecurityStamp, p.TwoFactorEnabled }).FirstOrDefaultAsync(ct);
        var standing = row is null ? null
            : new SessionStanding(row.Hash, row.SecurityStamp ?? "", new SignedInPrincipal(new CurrentPerson(person, row.DisplayName, row.Role, new SignInWay(row.Way, row.WayLabel), session, row.BeganAt, row.TwoFactorEnabled, row.HasBothSteps)), row.SeenAt, now);
        Keep(person, session, standing, now);
        // Read before a change that came meanwhile: not to be believed for a minute.
        if (changes != Interlocked.Read(ref _changes)) _known.TryRemove(person, out _);
        Sweep(now);
        return standing;
    }

    /// <summary>It was noted as seen now.</summary>
    public void Seen(SessionStanding standing, DateTimeOffset now)
    {
        var person = standing.Principal.Person;
        if (_known.TryGetValue(person.Id, out var sessions) && sessions.TryGetValue(person.SessionId, out var known) && known.Standing == standing) sessions.TryUpdate(person.SessionId, (standing with { SeenAt = now }, known.At), known);
    }

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        foreach (var eviction in evictions)
        {
            if (PersonOf(eviction.Tag) is not { } person) continue;
            Interlocked.Increment(ref _changes);
            _known.TryRemove(person, out _);
        }
    }

    public void Missed()
    {
        Interlocked.Increment(ref _changes);
        _known.Clear();
    }

    private void Keep(long person, long session, SessionStanding? standing, DateTimeOffset now) =>
        _known.GetOrAdd(person, static _ => new())[session] = (standing, now);

    /// <summary>What is not trusted any more takes no memory.</summary>
    private void Sweep(DateTimeOffset now)
    {
        var swept = Interlocked.Read(ref _sweptAt);
        if (now.UtcTicks - swept < SweptEvery.Ticks || Interlocked.CompareExchange(ref _sweptAt, now.UtcTicks, swept) != swept) return;
        foreach (var (person, sessions) in _known)
            if (sessions.Values.All(s => now - s.At >= Trusted)) _known.TryRemove(person, out _);
    }

    private static long? PersonOf(string tag)
    {
        var prefix = tag.StartsWith(SessionLedger.TagPrefix, StringComparison.Ordinal) ? SessionLedger.TagPrefix : tag.StartsWith(PersonPrefix, StringComparison.Ordinal) ? PersonPrefix : null;
        return prefix is not null && long.TryParse(tag.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
