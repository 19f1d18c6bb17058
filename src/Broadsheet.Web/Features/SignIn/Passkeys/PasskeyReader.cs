using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Passkeys;

/// <summary>What Identity's passkey handler wants to read. It only reads: what it finds is written by our own ledger, on the one path of writes.</summary>
internal sealed class PasskeyReader(IDatabaseEngine engine) : IUserPasskeyStore<Person>
{
    public Task<string> GetUserIdAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(Person user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

    public async Task<Person?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        await using var db = engine.Open();
        return await db.Users.FirstOrDefaultAsync(p => p.Id == id, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken)
    {
        await using var db = engine.Open();
        return [.. (await db.Passkeys.Where(p => p.PersonId == user.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken)).Select(Of)];
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = engine.Open();
        return await db.Passkeys.FirstOrDefaultAsync(p => p.PersonId == user.Id && p.CredentialId == credentialId, cancellationToken) is { } found ? Of(found) : null;
    }

    public async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = engine.Open();
        return await db.Passkeys.Where(p => p.CredentialId == credentialId).Join(db.Users, p => p.PersonId, u => u.Id, (p, u) => u).FirstOrDefaultAsync(cancellationToken);
    }

    public void Dispose()
    {
    }

    public Task<Person?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Refuse();

    public Task SetUserNameAsync(Person user, string? userName, CancellationToken cancellationToken) => throw Refuse();

    public Task SetNormalizedUserNameAsync(Person user, string? normalizedName, CancellationToken cancellationToken) => throw Refuse();

    public Task<IdentityResult> CreateAsync(Person user, CancellationToken cancellationToken) => throw Refuse();

    public Task<IdentityResult> UpdateAsync(Person user, CancellationToken cancellationToken) => throw Refuse();

    public Task<IdentityResult> DeleteAsync(Person user, CancellationToken cancellationToken) => throw Refuse();

    public Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Refuse();

    public Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) => throw Refuse();

    private static NotSupportedException Refuse() => new("People and passkeys are written by their ledgers.");

    private static UserPasskeyInfo Of(Passkey p) => new(p.CredentialId, p.PublicKey, p.CreatedAt, (uint)p.SignCount, p.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries), p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp, [], []) { Name = p.Name };
}
