using System.Buffers.Text;
using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A person as someone wishes them to be; what is null stays as it is.</summary>
internal sealed record PersonEdit(string Email, string? Name, Role? Role, string? Password);

/// <summary>Adds and changes people, and makes the links that sign them in.</summary>
internal static class PeopleLedger
{
    public const int MinPasswordLength = 8;
    public const int MaxPasswordLength = 1_000;
    public const int MaxEmailLength = 254;
    public const int MaxNameLength = 200;

    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    private static readonly PasswordHasher<Person> Hasher = new();

    /// <summary>The page cache's tag, and the sessions', for one person.</summary>
    public static string Tag(long id) => string.Create(CultureInfo.InvariantCulture, $"person:{id}");

    /// <summary>Folded as Identity does it.</summary>
    public static string Fold(string email) => email.Trim().Normalize().ToUpperInvariant();

    public static bool IsAddress(string email) =>
        email.Length is > 0 and <= MaxEmailLength && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && MailAddress.TryCreate(email, out var read) && read.Address == email;

    /// <param name="words">What a guesser would try first, beside the person's own name and address.</param>
    /// <returns>The first thing that is wrong with what was given; null for nothing.</returns>
    public static Problem? Check(PersonEdit edit, params IEnumerable<string> words)
    {
        var email = edit.Email.Trim();
        if (!IsAddress(email))
            return new Problem("email", "Give an e-mail address, such as ann@example.org.");
        if (edit.Name is { } name && (name.Trim().Length is 0 or > MaxNameLength || name.Any(char.IsControl))) return new Problem("name", $"Give a name on one line of at most {MaxNameLength} characters.");
        return edit.Password is { } password ? CheckPassword(password, [email, edit.Name ?? "", .. words]) : null;
    }

    /// <param name="words">The person's name and address, the publication's title: no password is made of them.</param>
    public static Problem? CheckPassword(string password, params IEnumerable<string> words)
    {
        if (password.Length is < MinPasswordLength or > MaxPasswordLength) return new Problem("password", $"A password has at least {MinPasswordLength} characters, and at most {MaxPasswordLength:N0}. A few words in a row are good.");
        return GuessablePasswords.IsOne(password, words) ? new Problem("password", "This is among the first passwords that anyone would try. Take another: a few words in a row, without your name, your address or the publication's name, are good.") : null;
    }

    /// <summary>Slow on purpose, so made before the write.</summary>
    public static string? HashOf(string? password) => password is null ? null : Hasher.HashPassword(new Person(), password);

    /// <summary>Adds a person, or changes the one with this e-mail address. A change of role or password ends their sessions.</summary>
    /// <param name="edit">Checked (<see cref="Check"/>); a new person has a name and a role.</param>
    /// <param name="passwordHash">Null: as it was.</param>
    public static Task<(Person Person, bool IsNew)> SaveAsync(WriteScope scope, PersonEdit edit, string? passwordHash, CancellationToken ct) => SaveAsync(scope, edit, passwordHash, nameIsChosen: false, ct);

    /// <param name="nameIsChosen">See <see cref="NameLedger.HoldAsync"/>.</param>
    public static async Task<(Person Person, bool IsNew)> SaveAsync(WriteScope scope, PersonEdit edit, string? passwordHash, bool nameIsChosen, CancellationToken ct)
    {
        var folded = Fold(edit.Email);
        var person = await scope.Db.Users.AsTracking().OrderBy(p => p.Id).FirstOrDefaultAsync(p => p.NormalizedEmail == folded, ct);
        var isNew = person is null;
        var before = (person?.Role, person?.PasswordHash);
        if (person is null)
        {
            var email = edit.Email.Trim();
            var slug = await SlugAsync(scope.Db, edit.Name!, ct);
            person = new Person { Email = email, NormalizedEmail = folded, UserName = await scope.Db.Users.AnyAsync(p => p.NormalizedUserName == folded, ct) ? slug : email, Slug = slug, JoinedAt = scope.Now, LockoutEnabled = false };
            person.NormalizedUserName = person.UserName.ToUpperInvariant();
            scope.Db.Users.Add(person);
        }
        if (edit.Name is { } name) person.DisplayName = name.Trim();
        person.Role = edit.Role ?? person.Role;
        person.PasswordHash = passwordHash ?? person.PasswordHash;
        var endsSessions = isNew || before != (person.Role, person.PasswordHash);
        if (endsSessions) person.SecurityStamp = RandomNumberGenerator.GetHexString(40, lowercase: true);
        await scope.FlushAsync(ct);
        if (endsSessions && !isNew) await SessionLedger.EndAllAsync(scope, person.Id, null, ct);
        if (edit.Name is not null) await NameLedger.HoldAsync(scope, person, nameIsChosen, ct);
        scope.Evict("site-index");
        scope.Evict(Tag(person.Id));
        return (person, isNew);
    }

    /// <summary>A new password: every session ends, and the person is told by mail.</summary>
    public static async Task<Person> SetPasswordAsync(WriteScope scope, long id, string passwordHash, CancellationToken ct)
    {
        var person = await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == id, ct);
        (person.PasswordHash, person.SecurityStamp) = (passwordHash, RandomNumberGenerator.GetHexString(40, lowercase: true));
        await SessionLedger.EndAllAsync(scope, id, null, ct);
        await AccountMailLedger.TellAsync(scope, person, MailKind.PasswordChanged, id, ct);
        scope.Evict(Tag(id));
        return person;
    }

    /// <returns>Why nobody new may come by this name: accounts are closed, or the name is not to be had. Null: they may.</returns>
    public static async Task<Problem?> CheckReaderAsync(WriteScope scope, Publication publication, string name, CancellationToken ct) => publication.NewAccounts
        ? await NameLedger.CheckAsync(scope.Db, publication, PersonName.Tidy(name), Role.Reader, null, scope.Now, ct)
        : new Problem("email", "This publication takes no new accounts at present.");

    /// <summary>Adds a reader. Two who take one name at the same moment: the second meets a unique violation.</summary>
    /// <param name="name">Checked in the same work (<see cref="CheckReaderAsync"/>).</param>
    public static async Task<Person> AddReaderAsync(WriteScope scope, string email, string name, CancellationToken ct) =>
        (await SaveAsync(scope, new PersonEdit(email, PersonName.Tidy(name), Role.Reader, null), null, nameIsChosen: true, ct)).Person;

    /// <summary>Gives somebody another role. Their sessions end.</summary>
    /// <returns>Their role before; or why not.</returns>
    public static async Task<Outcome<RoleChange>> ChangeRoleAsync(WriteScope scope, long id, Role role, CancellationToken ct)
    {
        await LockAdministratorsAsync(scope, ct);
        if (await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person) return new Problem("role", "This person is not here any more.");
        var before = person.Role;
        if (before == role) return new RoleChange(person.DisplayName, before);
        if (before == Role.Administrator && !await HasOtherAdministratorAsync(scope.Db, id, ct))
            return new Problem("role", "There must be an administrator: make somebody else one first.");
        (person.Role, person.SecurityStamp) = (role, RandomNumberGenerator.GetHexString(40, lowercase: true));
        await SessionLedger.EndAllAsync(scope, id, null, ct);
        scope.Evict("site-index");
        scope.Evict(Tag(id));
        return new RoleChange(person.DisplayName, before);
    }

    /// <summary>By a password or a mailed code: both ask for an address.</summary>
    public static bool SignsInByAddress(Person person) => person.Email is { Length: > 0 } && (person.PasswordHash is not null || person.EmailConfirmed);

    /// <summary>One who stays.</summary>
    public static Task<bool> HasOtherAdministratorAsync(BroadsheetDb db, long but, CancellationToken ct) => db.Users.AnyAsync(p => p.Id != but && p.Role == Role.Administrator && p.LeavesAt == null, ct);

    /// <summary>Until the end of the transaction, nobody else makes or unmakes an administrator. SQLite has one writer; PostgreSQL locks rows that are written.</summary>
    public static Task LockAdministratorsAsync(WriteScope scope, CancellationToken ct) => LockAsync(scope.Db.Users.Where(p => p.Role == Role.Administrator), ct);

    /// <summary>The same for the ways in of one person.</summary>
    public static Task LockAsync(WriteScope scope, long id, CancellationToken ct) => LockAsync(scope.Db.Users.Where(p => p.Id == id), ct);

    private static Task LockAsync(IQueryable<Person> people, CancellationToken ct) => people.ExecuteUpdateAsync(set => set.SetProperty(p => p.SecurityStamp, p => p.SecurityStamp), ct);

    /// <summary>The password was right and its hash is of an older kind: stored anew, and nobody is signed out.</summary>
    public static async Task RehashAsync(WriteScope scope, long id, string passwordHash, CancellationToken ct)
    {
        if (await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == id, ct) is { } person) person.PasswordHash = passwordHash;
    }

    /// <param name="person">Null for the link that sets up an empty publication: earlier ones of its kind end with it.</param>
    /// <returns>The secret. Only its hash is stored.</returns>
    public static async Task<string> NewLinkAsync(WriteScope scope, long? person, TimeSpan lifetime, CancellationToken ct)
    {
        // What ran out a while ago tells nothing any more.
        var old = scope.Now - TimeSpan.FromDays(30);
        await scope.Db.OneTimeLinks.Where(l => l.ExpiresAt < old || (person == null && l.PersonId == null && l.UsedAt == null)).ExecuteDeleteAsync(ct);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        scope.Db.OneTimeLinks.Add(new OneTimeLink { Hash = HashOfSecret(secret), PersonId = person, ExpiresAt = scope.Now + lifetime });
        return secret;
    }

    /// <summary>The link that a secret opens, while it can still be used.</summary>
    public static Task<OneTimeLink?> FindLinkAsync(BroadsheetDb db, string secret, DateTimeOffset now, CancellationToken ct)
    {
        var hash = HashOfSecret(secret);
        return db.OneTimeLinks.FirstOrDefaultAsync(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now, ct);
    }

    /// <summary>Uses a link up. Of two who come at once, one gets it.</summary>
    /// <returns>The link; null where it is unknown, used or has run out.</returns>
    public static async Task<OneTimeLink?> UseLinkAsync(WriteScope scope, string secret, CancellationToken ct)
    {
        var (hash, now) = (HashOfSecret(secret), scope.Now);
        var taken = await scope.Db.OneTimeLinks.Where(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), ct);
        return taken == 1 ? await scope.Db.OneTimeLinks.SingleAsync(l => l.Hash == hash, ct) : null;
    }

    private static string HashOfSecret(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <returns>An address of the author's page that nobody has.</returns>
    internal static async Task<string> SlugAsync(BroadsheetDb db, string name, CancellationToken ct)
    {
        var wanted = Slug.From(name, fallback: "author");
        var slug = wanted;
        for (var n = 2; await db.Users.AnyAsync(p => p.Slug == slug, ct); n++) slug = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        return slug;
    }
}

/// <param name="Before">What they were until now.</param>
internal sealed record RoleChange(string Name, Role Before);
