using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps people's passkeys, and what was spent of the challenges that they answer.</summary>
internal static class PasskeyLedger
{
    /// <summary>Of one person: more would be no list that a person made.</summary>
    public const int MostOfPerson = 20;
    public const int MaxNameLength = 60;

    /// <returns>False where this person has as many as they may.</returns>
    /// <exception cref="DbUpdateException">A unique violation: the challenge was used, or somebody has this passkey.</exception>
    public static async Task<bool> AddAsync(WriteScope scope, Passkey passkey, SpentChallenge challenge, CancellationToken ct)
    {
        var person = await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == passkey.PersonId, ct);
        if (await scope.Db.Passkeys.CountAsync(p => p.PersonId == passkey.PersonId, ct) >= MostOfPerson) return false;
        await SpendAsync(scope, challenge, ct);
        passkey.CreatedAt = scope.Now;
        scope.Db.Passkeys.Add(passkey);
        await AccountMailLedger.TellAsync(scope, person, MailKind.PasskeyAdded, person.Id, ct);
        return true;
    }

    /// <summary>It has signed in.</summary>
    /// <param name="signCount">As its device counts.</param>
    /// <returns>Null where it was removed meanwhile.</returns>
    /// <exception cref="DbUpdateException">A unique violation: the challenge was used.</exception>
    public static async Task<Person?> UseAsync(WriteScope scope, byte[] credentialId, long signCount, bool isBackedUp, SpentChallenge challenge, CancellationToken ct)
    {
        if (await scope.Db.Passkeys.AsTracking().SingleOrDefaultAsync(p => p.CredentialId == credentialId, ct) is not { } passkey) return null;
        await SpendAsync(scope, challenge, ct);
        (passkey.SignCount, passkey.IsBackedUp, passkey.UsedAt) = (signCount, isBackedUp, scope.Now);
        return await scope.Db.Users.SingleAsync(p => p.Id == passkey.PersonId, ct);
    }

    public static Task RenameAsync(WriteScope scope, long personId, long id, string name, CancellationToken ct) =>
        scope.Db.Passkeys.Where(p => p.Id == id && p.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, name), ct);

    /// <returns>False where it is their last way in: it stays.</returns>
    public static async Task<bool> RemoveAsync(WriteScope scope, long personId, long id, CancellationToken ct)
    {
        var db = scope.Db;
        await PeopleLedger.LockAsync(scope, personId, ct);
        var person = await db.Users.SingleAsync(p => p.Id == personId, ct);
        var hasAnother = PeopleLedger.SignsInByAddress(person) || await db.UserLogins.AnyAsync(l => l.UserId == personId, ct) || await db.Passkeys.AnyAsync(p => p.PersonId == personId && p.Id != id, ct);
        if (hasAnother && await db.Passkeys.Where(p => p.Id == id && p.PersonId == personId).ExecuteDeleteAsync(ct) > 0)
            await AccountMailLedger.TellAsync(scope, person, MailKind.PasskeyRemoved, personId, ct);
        return hasAnother;
    }

    private static async Task SpendAsync(WriteScope scope, SpentChallenge challenge, CancellationToken ct)
    {
        var now = scope.Now;
        await scope.Db.SpentChallenges.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(ct);
        scope.Db.SpentChallenges.Add(challenge);
        await scope.FlushAsync(ct);
    }
}
