using System.Security.Cryptography;
using System.Text;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps people's second steps: the app's secret, the codes that were used, the codes for when the app is lost.</summary>
internal static class TwoStepsLedger
{
    public const int RecoveryCodes = 10;

    /// <summary>Codes of an app that may be typed for one person in <see cref="Window"/>: a code has six digits, and three of them are good at a time.</summary>
    public const int MostTries = 10;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int CodeLength = 24;   // of 32 letters: 120 bits, so that a plain hash of it is enough

    /// <summary>An app is to be set up; one that was never confirmed is given up. Without effect where one is on.</summary>
    public static async Task BeginAsync(WriteScope scope, long personId, string sealedSecret, CancellationToken ct)
    {
        if (await scope.Db.TwoSteps.AsTracking().SingleOrDefaultAsync(t => t.PersonId == personId, ct) is not { } row) scope.Db.TwoSteps.Add(row = new TwoSteps { PersonId = personId, TriesSince = scope.Now });
        else if (row.OnAt is not null) return;
        row.Secret = sealedSecret;
    }

    /// <summary>Counts a code before it is looked at, so that many at once are not more than many in a row.</summary>
    /// <returns>False: no more of them for now.</returns>
    public static async Task<bool> CountTryAsync(WriteScope scope, long personId, CancellationToken ct)
    {
        var (now, old) = (scope.Now, scope.Now - Window);
        var own = scope.Db.TwoSteps.Where(t => t.PersonId == personId);
        if (await own.Where(t => t.TriesSince < old).ExecuteUpdateAsync(set => set.SetProperty(t => t.Tries, 1).SetProperty(t => t.TriesSince, now), ct) == 1) return true;
        return await own.Where(t => t.Tries < MostTries).ExecuteUpdateAsync(set => set.SetProperty(t => t.Tries, t => t.Tries + 1), ct) == 1;
    }

    /// <summary>A right code of the app. Of two who come with one at once, one gets in.</summary>
    /// <returns>False where the code, or a later one, was used before.</returns>
    public static async Task<bool> TakeStepAsync(WriteScope scope, long personId, long step, CancellationToken ct) =>
        await scope.Db.TwoSteps.Where(t => t.PersonId == personId && t.LastStep < step).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastStep, step).SetProperty(t => t.Tries, 0), ct) == 1;

    /// <summary>Of two who come with one at once, one gets in.</summary>
    public static async Task<bool> UseRecoveryCodeAsync(WriteScope scope, long personId, string typed, CancellationToken ct)
    {
        var hash = HashOf(typed);
        DateTimeOffset? now = scope.Now;
        return await scope.Db.RecoveryCodes.Where(c => c.PersonId == personId && c.Hash == hash && c.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) == 1;
    }

    /// <summary>The app has shown that it has the secret: from now on it is asked for.</summary>
    /// <param name="sessionId">Has taken both steps by this.</param>
    /// <returns>The recovery codes, which are told once; null where there is nothing to confirm.</returns>
    public static async Task<IReadOnlyList<string>?> ConfirmAsync(WriteScope scope, long personId, long sessionId, long step, CancellationToken ct)
    {
        if (await scope.Db.TwoSteps.AsTracking().SingleOrDefaultAsync(t => t.PersonId == personId && t.OnAt == null, ct) is not { } row) return null;
        (row.OnAt, row.LastStep, row.Tries) = (scope.Now, step, 0);
        await scope.Db.Sessions.Where(s => s.Id == sessionId && s.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(s => s.HasBothSteps, true), ct);
        await SwitchAsync(scope, personId, isOn: true, ct);
        return await RenewCodesAsync(scope, personId, ct);
    }

    /// <summary>Off: what was opened by the app's codes has had one step from now on, and so have the passwords of programs.</summary>
    /// <param name="bothStepsByThemselves">The key of the way in that is both steps without an app.</param>
    public static async Task EndAsync(WriteScope scope, long personId, string bothStepsByThemselves, CancellationToken ct)
    {
        await scope.Db.Sessions.Where(s => s.PersonId == personId && s.Way != bothStepsByThemselves).ExecuteUpdateAsync(set => set.SetProperty(s => s.HasBothSteps, false), ct);
        await scope.Db.ApplicationPasswords.Where(a => a.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(a => a.HasBothSteps, false), ct);
        await scope.Db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct);
        if (await scope.Db.TwoSteps.Where(t => t.PersonId == personId).ExecuteDeleteAsync(ct) == 1) await SwitchAsync(scope, personId, isOn: false, ct);
    }

    /// <summary>The old ones are worth nothing any more.</summary>
    public static async Task<IReadOnlyList<string>> RenewCodesAsync(WriteScope scope, long personId, CancellationToken ct)
    {
        await scope.Db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(ct);
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, CodeLength))];
        scope.Db.RecoveryCodes.AddRange(codes.Select(c => new RecoveryCode { PersonId = personId, Hash = HashOf(c) }));
        return codes;
    }

    /// <summary>Typed with or without hyphens, in small or capital letters.</summary>
    private static string HashOf(string typed) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant())));

    private static async Task SwitchAsync(WriteScope scope, long personId, bool isOn, CancellationToken ct)
    {
        var person = await scope.Db.Users.AsTracking().SingleAsync(p => p.Id == personId, ct);
        if (person.TwoFactorEnabled == isOn) return;
        person.TwoFactorEnabled = isOn;
        await AccountMailLedger.TellAsync(scope, person, isOn ? MailKind.TwoStepsOn : MailKind.TwoStepsOff, personId, ct);
        scope.Evict(PeopleLedger.Tag(personId));
    }
}
