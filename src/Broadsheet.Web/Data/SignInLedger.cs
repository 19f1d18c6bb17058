using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Mail that signs in: asked for, and used once.</summary>
internal static class SignInLedger
{
    /// <summary>Of a link and of a code.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Mails to one address in an hour: enough for whoever loses the first, too few to trouble a stranger.</summary>
    public const int MostForAddressAnHour = 5;

    /// <summary>Codes that may be typed for one mail: a code has eight digits.</summary>
    public const int MostTries = 5;

    /// <summary>Someone waits for it: it goes before the ten thousand mails of a discussion.</summary>
    internal static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Where the address has no account and none may be begun, nothing is sent; the request is kept all the same, so that codes are counted and refused as those of a mail are.</summary>
    /// <param name="isKnown">From a browser that has signed in with this address before: whoever else asks does not use up its mails.</param>
    /// <param name="adds">Somebody signed in, whose account has no address, wishes to add this one: that begins no account.</param>
    /// <returns>The request. Where this address has asked enough, whoever has it: the newest that can still be used, whose mail is in its owner's box; null where there is none. All look the same to whoever asked.</returns>
    public static async Task<long?> AskAsync(WriteScope scope, Publication publication, string email, string origin, string returnUrl, bool isKnown, bool adds, CancellationToken ct)
    {
        var (db, folded, hour, old) = (scope.Db, PeopleLedger.Fold(email), scope.Now.AddHours(-1), scope.Now.AddDays(-1));
        await db.SignInRequests.Where(r => r.ExpiresAt < old).ExecuteDeleteAsync(ct);
        // What was used was its owner's, and troubles nobody.
        if (await db.SignInRequests.CountAsync(r => r.EmailFolded == folded && r.AskedAt > hour && r.UsedAt == null, ct) >= (isKnown ? 2 : 1) * MostForAddressAnHour)
            return await db.SignInRequests.Where(r => r.EmailFolded == folded && r.UsedAt == null && r.ExpiresAt > scope.Now && r.Tries < MostTries).OrderByDescending(r => r.Id).Select(r => (long?)r.Id).FirstOrDefaultAsync(ct);
        var isSent = publication.NewAccounts || adds || await OfAddressAsync(db.Users, folded, ct) is not null;
        var request = new SignInRequest { Email = email, EmailFolded = folded, Origin = origin, ReturnUrl = returnUrl, AskedAt = scope.Now, ExpiresAt = scope.Now + Lifetime };
        db.SignInRequests.Add(request);
        await scope.FlushAsync(ct);
        // One that is not sent is written, too: the answer takes as long.
        db.Mails.Add(new QueuedMail { Kind = MailKind.SignIn, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = request.Id, CreatedAt = scope.Now, DueAt = scope.Now - Ahead, State = isSent ? MailState.Waiting : MailState.Skipped, DoneAt = isSent ? null : scope.Now });
        return request.Id;
    }

    /// <summary>While it can still be used.</summary>
    public static Task<SignInRequest?> FindAsync(BroadsheetDb db, long id, DateTimeOffset now, CancellationToken ct) =>
        db.SignInRequests.FirstOrDefaultAsync(r => r.Id == id && r.UsedAt == null && r.ExpiresAt > now, ct);

    /// <summary>Counts a code before it is looked at, so that many at once are not more than many in a row.</summary>
    /// <returns>False: no more of them.</returns>
    public static async Task<bool> CountTryAsync(WriteScope scope, long id, CancellationToken ct) =>
        await scope.Db.SignInRequests.Where(r => r.Id == id && r.Tries < MostTries).ExecuteUpdateAsync(set => set.SetProperty(r => r.Tries, r => r.Tries + 1), ct) == 1;

    /// <summary>Uses a mail up. Of two who come at once, one gets it.</summary>
    /// <param name="name">Of a new account; null where none may be made.</param>
    /// <returns>Who may sign in now, their address proven. Or the problem: of the mail (<c>mail</c>), which was used or has run out or whose address nobody has; or of the name, and the mail can still be used.</returns>
    public static async Task<Outcome<Person>> UseAsync(WriteScope scope, Publication publication, long id, string? name, CancellationToken ct)
    {
        var gone = new Problem("mail", "It was used already, or its half hour is over.");
        if (await FindAsync(scope.Db, id, scope.Now, ct) is not { } request) return gone;
        var person = await OfAddressAsync(scope.Db.Users.AsTracking(), request.EmailFolded, ct);
        if (person is null && name is null) return gone;
        if (person is null && await PeopleLedger.CheckReaderAsync(scope, publication, name!, ct) is { } problem) return problem;
        var (now, folded) = ((DateTimeOffset?)scope.Now, request.EmailFolded);
        if (await scope.Db.SignInRequests.Where(r => r.Id == id && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct) != 1) return gone;
        // What else was sent to the address ends with it.
        await scope.Db.SignInRequests.Where(r => r.EmailFolded == folded && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct);
        person ??= await PeopleLedger.AddReaderAsync(scope, request.Email, name!, ct);
        person.EmailConfirmed = true;
        await scope.FlushAsync(ct);
        return person;
    }

    /// <summary>The address of a mail becomes that of an account which has none.</summary>
    /// <returns>False where the mail or the account cannot be used so any more, or the address has become somebody's.</returns>
    public static async Task<bool> AddAddressAsync(WriteScope scope, long id, long personId, CancellationToken ct)
    {
        await PeopleLedger.LockAsync(scope, personId, ct);
        if (await FindAsync(scope.Db, id, scope.Now, ct) is not { } request || await OfAddressAsync(scope.Db.Users, request.EmailFolded, ct) is not null) return false;
        if (await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == personId && (p.Email == null || p.Email == ""), ct) is not { } person) return false;
        var now = (DateTimeOffset?)scope.Now;
        if (await scope.Db.SignInRequests.Where(r => r.EmailFolded == request.EmailFolded && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct) == 0) return false;
        (person.Email, person.NormalizedEmail, person.EmailConfirmed) = (request.Email, request.EmailFolded, true);
        scope.Evict(PeopleLedger.Tag(personId));
        return true;
    }

    /// <summary>Whose account an address signs in to: of several with one address (imports), the first.</summary>
    public static Task<Person?> OfAddressAsync(IQueryable<Person> people, string folded, CancellationToken ct) => people.OrderBy(p => p.Id).FirstOrDefaultAsync(p => p.NormalizedEmail == folded, ct);
}
