using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A login somewhere else, as it is stored.</summary>
/// <param name="Provider">For ever the same, and nobody else's.</param>
/// <param name="Subject">As the provider names the person.</param>
/// <param name="Label">What its owner knows it by.</param>
internal sealed record Login(string Provider, string Subject, string Label);

/// <summary>The logins elsewhere by which people sign in here: found by what never changes there, added and taken away.</summary>
internal static class LoginLedger
{
    /// <summary>Of a provider's stored name, and of a subject's: Identity's columns on PostgreSQL hold no more.</summary>
    public const int MaxProvider = 128;
    private const int MaxSubject = 128;
    private const int MaxLabel = 200;

    /// <summary>No one has so many.</summary>
    public const int MostOfPerson = 20;

    /// <summary>As it is stored: a longer one by its hash.</summary>
    public static string KeyOf(string subject) => subject.Length <= MaxSubject ? subject : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))}";

    /// <returns>Whose login it is; null for nobody's.</returns>
    public static Task<Person?> FindAsync(BroadsheetDb db, string provider, string subject, CancellationToken ct)
    {
        var key = KeyOf(subject);
        return (from login in db.UserLogins where login.LoginProvider == provider && login.ProviderKey == key join person in db.Users on login.UserId equals person.Id select person).FirstOrDefaultAsync(ct);
    }

    public static Task<List<IdentityUserLogin<long>>> OfAsync(BroadsheetDb db, long personId, CancellationToken ct) =>
        db.UserLogins.Where(l => l.UserId == personId).OrderBy(l => l.LoginProvider).ThenBy(l => l.ProviderKey).ToListAsync(ct);

    /// <summary>To an account that there is; its owner is told by mail.</summary>
    /// <returns>False where it is somebody else's, or they have as many as anybody may.</returns>
    public static async Task<bool> AddAsync(WriteScope scope, long personId, Login login, CancellationToken ct)
    {
        var key = KeyOf(login.Subject);
        if (await scope.Db.UserLogins.FirstOrDefaultAsync(l => l.LoginProvider == login.Provider && l.ProviderKey == key, ct) is { } known) return known.UserId == personId;
        if (await scope.Db.Users.FirstOrDefaultAsync(p => p.Id == personId, ct) is not { } person || await scope.Db.UserLogins.CountAsync(l => l.UserId == personId, ct) >= MostOfPerson) return false;
        Add(scope, personId, login);
        await AccountMailLedger.TellAsync(scope, person, MailKind.LoginAdded, personId, ct);
        return true;
    }

    /// <summary>A new reader, known by this login.</summary>
    /// <param name="email">Proven by the provider; null for none.</param>
    /// <returns>The problem: of the name, or (<c>login</c>) that the address or the login has become somebody's meanwhile.</returns>
    public static async Task<Outcome<Person>> BeginAsync(WriteScope scope, Publication publication, string name, string? email, Login login, CancellationToken ct)
    {
        var taken = new Problem("login", "This became somebody's just now.");
        if (await FindAsync(scope.Db, login.Provider, login.Subject, ct) is not null) return taken;
        if (email is not null && await SignInLedger.OfAddressAsync(scope.Db.Users, PeopleLedger.Fold(email), ct) is not null) return taken;
        if (await PeopleLedger.CheckReaderAsync(scope, publication, name, ct) is { } problem) return problem;
        var person = email is null ? await WithoutAddressAsync(scope, PersonName.Tidy(name), ct) : await PeopleLedger.AddReaderAsync(scope, email, name, ct);
        person.EmailConfirmed = email is not null;
        Add(scope, person.Id, login);
        await scope.FlushAsync(ct);
        return person;
    }

    private static void Add(WriteScope scope, long personId, Login login) => scope.Db.UserLogins.Add(new IdentityUserLogin<long>
    {
        LoginProvider = login.Provider,
        ProviderKey = KeyOf(login.Subject),
        ProviderDisplayName = login.Label.Length > MaxLabel ? login.Label[..MaxLabel] : login.Label,
        UserId = personId,
    });

    /// <summary>An account without an address.</summary>
    private static async Task<Person> WithoutAddressAsync(WriteScope scope, string name, CancellationToken ct)
    {
        var slug = await PeopleLedger.SlugAsync(scope.Db, name, ct);
        var folded = slug.ToUpperInvariant();
        var user = await scope.Db.Users.AnyAsync(p => p.NormalizedUserName == folded, ct) ? RandomNumberGenerator.GetHexString(20, lowercase: true) : slug;
        var person = new Person { DisplayName = name, UserName = user, NormalizedUserName = user.ToUpperInvariant(), Slug = slug, Role = Role.Reader, JoinedAt = scope.Now, LockoutEnabled = false, SecurityStamp = RandomNumberGenerator.GetHexString(40, lowercase: true) };
        scope.Db.Users.Add(person);
        await scope.FlushAsync(ct);
        await NameLedger.HoldAsync(scope, person, isChosen: true, ct);
        scope.Evict("site-index");
        return person;
    }

    /// <summary>Takes a login away, unless it is the last way in.</summary>
    /// <returns>False where nothing else would be left to sign in by.</returns>
    public static async Task<bool> RemoveAsync(WriteScope scope, long personId, string provider, string key, CancellationToken ct)
    {
        var db = scope.Db;
        await PeopleLedger.LockAsync(scope, personId, ct);
        var person = await db.Users.FirstAsync(p => p.Id == personId, ct);
        var hasMore = PeopleLedger.SignsInByAddress(person) || await db.Passkeys.AnyAsync(k => k.PersonId == personId, ct) || await db.UserLogins.AnyAsync(l => l.UserId == personId && !(l.LoginProvider == provider && l.ProviderKey == key), ct);
        if (!hasMore) return false;
        if (await db.UserLogins.Where(l => l.UserId == personId && l.LoginProvider == provider && l.ProviderKey == key).ExecuteDeleteAsync(ct) > 0)
            await AccountMailLedger.TellAsync(scope, person, MailKind.LoginRemoved, personId, ct);
        return true;
    }
}
