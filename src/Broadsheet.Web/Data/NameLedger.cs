using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Who is called what: no reader takes a name that another person has, or one that looks like it. Imported people may share a name: the first holds it.</summary>
internal static class NameLedger
{
    /// <summary>Changes in <see cref="Month"/>.</summary>
    public const int MostChanges = 3;

    /// <summary>For as long, nobody else takes a name that was given up.</summary>
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <param name="tidy">See <see cref="PersonName.Tidy"/>.</param>
    /// <param name="person">Whose name it is to be; null for somebody new.</param>
    /// <returns>Why they may not have it; null where they may.</returns>
    public static async Task<Problem?> CheckAsync(BroadsheetDb db, Publication publication, string tidy, Role role, long? person, DateTimeOffset now, CancellationToken ct)
    {
        if (PersonName.Check(tidy, publication.Title, role.IsStaff()) is { } problem) return problem;
        var keys = PersonName.Keys(tidy);
        if (await db.HeldNames.AnyAsync(n => keys.Contains(n.Key) && n.PersonId != person && (n.Until == null || n.Until > now), ct)) return new Problem("name", "Someone here has this name, or one that looks like it. Please choose another.");
        return !role.IsStaff() && PersonName.PassesForStaff(tidy, await StaffKeysAsync(db, ct), publication.Title) ? new Problem("name", "This would look like one of our staff. Please choose another name.") : null;
    }

    /// <summary>Somebody takes another name.</summary>
    /// <param name="person">Tracked.</param>
    /// <returns>Why they may not; null where it is done, or nothing was to be done.</returns>
    public static async Task<Problem?> ChangeAsync(WriteScope scope, Publication publication, Person person, string tidy, CancellationToken ct)
    {
        if (tidy == person.DisplayName) return null;
        if (await CheckAsync(scope.Db, publication, tidy, person.Role, person.Id, scope.Now, ct) is { } problem) return problem;
        var since = scope.Now - Month;
        var changes = await scope.Db.NameChanges.Where(c => c.PersonId == person.Id && c.At > since).OrderBy(c => c.At).Select(c => c.At).ToListAsync(ct);
        if (changes.Count >= MostChanges) return new Problem("name", $"You have changed your name {MostChanges} times within a month. You can change it again on {publication.Local(changes[^MostChanges] + Month):d MMMM yyyy}.");
        scope.Db.NameChanges.Add(new NameChange { PersonId = person.Id, Before = person.DisplayName, After = tidy, At = scope.Now });
        person.DisplayName = tidy;
        await HoldAsync(scope, person, isChosen: true, ct);
        return null;
    }

    /// <summary>A person's name is theirs from now on, as far as it is free; what they were called before is kept from others for a month.</summary>
    /// <param name="isChosen">They chose it here and it was found free: it must be theirs alone.</param>
    /// <exception cref="NameTakenException">On PostgreSQL, somebody has taken the chosen name since it was found free.</exception>
    public static async Task HoldAsync(WriteScope scope, Person person, bool isChosen, CancellationToken ct)
    {
        var (keys, until) = (PersonName.Keys(person.DisplayName), scope.Now + Month);
        var rows = await scope.Db.HeldNames.AsTracking().Where(n => n.PersonId == person.Id || keys.Contains(n.Key)).ToListAsync(ct);
        foreach (var old in rows.Where(n => n.PersonId == person.Id && n.Until is null && !keys.Contains(n.Key, StringComparer.Ordinal))) old.Until = until;
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            var row = rows.Find(n => n.Key == key);
            if (row is null) scope.Db.HeldNames.Add(row = new HeldName { Key = key });
            else if (row.PersonId != person.Id && (row.Until is null || row.Until > scope.Now))
            {
                if (isChosen) throw new NameTakenException();
                continue;
            }
            (row.PersonId, row.Until) = (person.Id, null);
        }
        await scope.FlushAsync(ct);
    }

    public static async Task<IReadOnlySet<string>> StaffKeysAsync(BroadsheetDb db, CancellationToken ct) =>
        (await db.Users.Where(p => p.Role != Role.Reader).Select(p => p.DisplayName).ToListAsync(ct)).SelectMany(PersonName.Keys).ToHashSet(StringComparer.Ordinal);
}
