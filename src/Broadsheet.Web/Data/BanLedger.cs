using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A ban as a moderator wishes it.</summary>
/// <param name="Value">See <see cref="BanTarget.Read"/>.</param>
/// <param name="Until">Null: for ever.</param>
internal sealed record BanWish(BanKind Kind, string Value, string Reason, DateTimeOffset? Until, BanAction Action);

/// <summary>Bans, and lifts bans; what a moderator thinks of a person as a commenter.</summary>
internal static class BanLedger
{
    public const int MaxReasonLength = 500;

    /// <summary>So begins the reason of a ban that no moderator set.</summary>
    public const string ByRules = "A word that silences";

    /// <summary>How long the rules have a guest's comments wait.</summary>
    private static readonly TimeSpan HeldByRules = TimeSpan.FromDays(90);

    /// <summary>Bans anew, or changes the ban in force on the same.</summary>
    /// <returns>The ban; or what is wrong, by the wish's fields (<c>value reason until</c>).</returns>
    public static async Task<Outcome<Ban>> AddAsync(WriteScope scope, BanWish wish, long byId, CancellationToken ct)
    {
        var read = BanTarget.Read(wish.Kind, wish.Value);
        if (read.Problem is { } problem) return problem;
        var (target, reason) = (read.Value, wish.Reason.Trim());
        if (reason.Length is 0 or > MaxReasonLength) return new Problem("reason", $"Give a reason of at most {MaxReasonLength} characters: the writer may read it.");
        if (wish.Until is { } until && until <= scope.Now) return new Problem("until", "The end of a ban lies ahead.");
        if (await IsOfStaffAsync(scope.Db, target, ct)) return new Problem("value", "This is somebody of the staff: staff cannot be banned.");
        // Whoever presses twice bans once.
        await scope.Db.Users.Where(p => p.Id == byId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Role, p => p.Role), ct);
        var ban = await InForce(scope.Db.Bans.AsTracking(), scope.Now).FirstOrDefaultAsync(b => b.Key == target.Key, ct);
        if (ban is null) scope.Db.Bans.Add(ban = new Ban { Kind = target.Kind, Value = target.Value, Key = target.Key, Since = scope.Now });
        (ban.Reason, ban.Until, ban.Action, ban.ById) = (reason, wish.Until, wish.Action, byId);
        await scope.FlushAsync(ct);
        return ban;
    }

    /// <summary>By the rules, and not by a person: what comes from this address waits from now on.</summary>
    /// <returns>False where that is no address or one of the staff's, or where a ban on it is in force.</returns>
    public static async Task<bool> HoldByRulesAsync(WriteScope scope, string email, string reason, CancellationToken ct)
    {
        var read = BanTarget.Read(BanKind.Email, email);
        if (read.Problem is not null || await IsOfStaffAsync(scope.Db, read.Value, ct)) return false;
        var target = read.Value;
        if (await InForce(scope.Db.Bans, scope.Now).AnyAsync(b => b.Key == target.Key, ct)) return false;
        scope.Db.Bans.Add(new Ban { Kind = target.Kind, Value = target.Value, Key = target.Key, Action = BanAction.Hold, Reason = reason, Since = scope.Now, Until = scope.Now + HeldByRules });
        return true;
    }

    /// <summary>Forgets addresses that the rules had wait, once that is over.</summary>
    public static Task ForgetAsync(WriteScope scope, CancellationToken ct)
    {
        var now = scope.Now;
        return scope.Db.Bans.Where(b => b.ById == null && b.Until < now && b.Reason.StartsWith(ByRules)).ExecuteDeleteAsync(ct);
    }

    /// <returns>Whether there was a ban in force to lift.</returns>
    public static async Task<bool> LiftAsync(WriteScope scope, long id, long byId, CancellationToken ct)
    {
        var (at, by) = (scope.Now, (long?)byId);
        // And with it all on the same, should two moderators have banned at once.
        var key = scope.Db.Bans.Where(b => b.Id == id).Select(b => b.Key);
        return await InForce(scope.Db.Bans, scope.Now).Where(b => key.Contains(b.Key)).ExecuteUpdateAsync(set => set.SetProperty(b => b.LiftedAt, at).SetProperty(b => b.LiftedById, by), ct) > 0;
    }

    /// <returns>Why not; null where it is so now.</returns>
    public static async Task<Problem?> TrustAsync(WriteScope scope, long personId, CommenterTrust trust, CancellationToken ct)
    {
        if (await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == personId, ct) is not { } person) return new Problem("person", "This person is not here any more.");
        if (trust == CommenterTrust.AlwaysHeld && person.Role.IsStaff()) return new Problem("person", "This is somebody of the staff: their comments do not wait.");
        person.Trust = trust;
        return null;
    }

    public static IQueryable<Ban> InForce(IQueryable<Ban> bans, DateTimeOffset now) => bans.Where(b => b.LiftedAt == null && (b.Until == null || b.Until > now));

    private static async Task<bool> IsOfStaffAsync(BroadsheetDb db, BanTarget target, CancellationToken ct)
    {
        if (target.Kind is not (BanKind.Person or BanKind.Email)) return false;
        var staff = await db.Users.Where(p => p.Role != Role.Reader).Select(p => new { p.Id, p.Email }).ToListAsync(ct);
        return staff.Exists(p => BanTarget.KeysOf(p.Id, p.Email ?? "", "").Contains(target.Key, StringComparer.Ordinal));
    }
}
