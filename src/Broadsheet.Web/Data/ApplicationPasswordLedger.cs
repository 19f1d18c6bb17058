using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps the passwords that people's programs sign in with.</summary>
internal static class ApplicationPasswordLedger
{
    /// <summary>Of one person: more would be no list that a person keeps.</summary>
    public const int MostOfPerson = 20;
    public const int MaxNameLength = 60;

    /// <summary>Of 62 letters and digits: 142 bits. Nobody guesses that, and nobody who has read the table tries them all: one round of SHA-256 is enough, where a password that a person chose needs many.</summary>
    public const int Length = 24;

    /// <summary>A use is noted at most so often: a program that only reads costs no write.</summary>
    public static readonly TimeSpan UsedEvery = TimeSpan.FromHours(1);

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <returns>The password, which is told once; or why there is none.</returns>
    /// <exception cref="DbUpdateException">A unique violation: the same person gave another the same name at the same moment.</exception>
    public static async Task<Outcome<string>> MakeAsync(WriteScope scope, long personId, string name, bool hasBothSteps, CancellationToken ct)
    {
        var names = await scope.Db.ApplicationPasswords.Where(a => a.PersonId == personId).Select(a => a.Name).ToListAsync(ct);
        if (names.Contains(name, StringComparer.OrdinalIgnoreCase)) return NameIsTaken;
        if (names.Count >= MostOfPerson) return new Problem("name", $"You have {MostOfPerson} application passwords: revoke one first.");
        var password = RandomNumberGenerator.GetString(Letters, Length);
        scope.Db.ApplicationPasswords.Add(new ApplicationPassword { Uuid = Guid.CreateVersion7(scope.Now), PersonId = personId, Name = name, Hash = HashOf(password), CreatedAt = scope.Now, HasBothSteps = hasBothSteps });
        var person = await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == personId, ct);
        await AccountMailLedger.TellAsync(scope, person, MailKind.ApplicationPasswordMade, personId, ct);
        return password;
    }

    public static Problem NameIsTaken => new("name", "You have one of this name already. Revoke it first, or choose another name.");

    /// <param name="address">Where the program called from; null where that is not known.</param>
    public static Task UsedAsync(WriteScope scope, Guid uuid, string? address, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        var before = scope.Now - UsedEvery;
        return scope.Db.ApplicationPasswords.Where(a => a.Uuid == uuid && (a.UsedAt == null || a.UsedAt <= before)).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now).SetProperty(a => a.Address, address), ct);
    }

    /// <param name="uuid">Null: all of theirs.</param>
    /// <returns>How many there were.</returns>
    public static Task<int> RevokeAsync(WriteScope scope, long personId, Guid? uuid, CancellationToken ct) =>
        scope.Db.ApplicationPasswords.Where(a => a.PersonId == personId && (uuid == null || a.Uuid == uuid)).ExecuteDeleteAsync(ct);

    /// <summary>The spaces that it is shown with are no part of it, nor is what a form of another program puts between.</summary>
    public static string HashOf(string typed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(typed.Where(char.IsAsciiLetterOrDigit)))));
}
