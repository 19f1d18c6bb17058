using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn;

/// <summary>Two at the same moment, again and again: what one of them may do, not both do.</summary>
public abstract class AtOnceTests(BroadsheetSite site)
{
    private const int Rounds = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_administrator_stays(bool leaving)
    {
        var ids = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            using var admin = await StaffClient.AddAsync(site, Role.Administrator);
            ids.Add(admin.Id);
        }
        for (var round = 0; round < Rounds; round++)
        {
            await site.Writes.RunAsync((scope, ct) => scope.Db.Users.ExecuteUpdateAsync(set => set.SetProperty(p => p.Role, p => ids.Contains(p.Id) ? Role.Administrator : Role.Reader).SetProperty(p => p.LeavesAt, (DateTimeOffset?)null), ct), CancellationToken.None);

            // Each is rid of the other, or of the office.
            var problems = await Task.WhenAll(ids.Select(id => Task.Run(() => site.Writes.RunAsync(async (scope, ct) =>
                leaving ? await LeavingLedger.AskAsync(scope, id, removesComments: false, ct) : (await PeopleLedger.ChangeRoleAsync(scope, id, Role.Reader, ct)).Problem, CancellationToken.None))));

            Assert.Single(problems, p => p is not null);
            Assert.Equal(1, await site.ReadAsync(db => db.Users.CountAsync(p => p.Role == Role.Administrator && p.LeavesAt == null)));
        }
    }

    [Fact]
    public async Task One_way_in_stays_and_a_password_without_an_address_is_none()
    {
        using var ann = await StaffClient.AddAsync(site, Role.Reader);
        for (var round = 0; round < Rounds; round++)
        {
            await site.Writes.RunAsync(async (scope, ct) =>
            {
                await scope.Db.Users.Where(p => p.Id == ann.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, (string?)null).SetProperty(p => p.NormalizedEmail, (string?)null).SetProperty(p => p.PasswordHash, "a hash"), ct);
                await scope.Db.Passkeys.Where(k => k.PersonId == ann.Id).ExecuteDeleteAsync(ct);
                await scope.Db.UserLogins.Where(l => l.UserId == ann.Id).ExecuteDeleteAsync(ct);
                scope.Db.Passkeys.Add(new Passkey { PersonId = ann.Id, Name = "Key", CredentialId = Guid.CreateVersion7().ToByteArray(), PublicKey = [1], Transports = "", CreatedAt = scope.Now });
                scope.Db.UserLogins.Add(new IdentityUserLogin<long> { UserId = ann.Id, LoginProvider = "mastodon", ProviderKey = "1", ProviderDisplayName = "Mastodon" });
            }, CancellationToken.None);
            var key = await site.ReadAsync(db => db.Passkeys.Where(k => k.PersonId == ann.Id).Select(k => k.Id).SingleAsync());

            var done = await Task.WhenAll(
                Task.Run(() => site.Writes.RunAsync((scope, ct) => PasskeyLedger.RemoveAsync(scope, ann.Id, key, ct), CancellationToken.None)),
                Task.Run(() => site.Writes.RunAsync((scope, ct) => LoginLedger.RemoveAsync(scope, ann.Id, "mastodon", "1", ct), CancellationToken.None)));

            Assert.Single(done, d => d);
            Assert.Equal(1, await site.ReadAsync(async db => await db.Passkeys.CountAsync(k => k.PersonId == ann.Id) + await db.UserLogins.CountAsync(l => l.UserId == ann.Id)));
        }
    }

    public sealed class OnSqlite(SqliteSite site) : AtOnceTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AtOnceTests(site), IClassFixture<PostgresSite>;
}
