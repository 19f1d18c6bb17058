using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Moderators' words to commenters, and notes about them.</summary>
internal static class CommenterLedger
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxLength = 2_000;

    /// <summary>They are mailed, and comment again once they have said that they read it.</summary>
    /// <returns>What is wrong, by the field; null where it is done.</returns>
    public static async Task<Problem?> WarnAsync(WriteScope scope, long personId, long? commentId, string words, long byId, CancellationToken ct)
    {
        if (Wrong(words) is { } problem) return problem;
        if (await scope.Db.Users.FirstOrDefaultAsync(p => p.Id == personId, ct) is not { } person) return new Problem("person", "This person is not here any more.");
        if (person.Role.IsStaff()) return new Problem("person", "This is somebody of the staff: speak to them.");
        var warning = new Warning { PersonId = personId, CommentId = commentId, Words = words.Trim(), ById = byId, At = scope.Now };
        scope.Db.Warnings.Add(warning);
        await scope.FlushAsync(ct);
        Tell(scope, MailKind.Warned, person.Email, warning.Id);
        return null;
    }

    /// <summary>By whom it is for. Without effect for others.</summary>
    public static Task ReadAsync(WriteScope scope, long id, long personId, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        return scope.Db.Warnings.Where(w => w.Id == id && w.PersonId == personId && w.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(w => w.ReadAt, now), ct);
    }

    /// <returns>What is wrong, by the field; null where it is done.</returns>
    public static async Task<Problem?> NoteAsync(WriteScope scope, long personId, string words, long byId, CancellationToken ct)
    {
        if (Wrong(words) is { } problem) return problem;
        if (!await scope.Db.Users.AnyAsync(p => p.Id == personId, ct)) return new Problem("person", "This person is not here any more.");
        scope.Db.StaffNotes.Add(new StaffNote { PersonId = personId, Words = words.Trim(), ById = byId, At = scope.Now });
        return null;
    }

    /// <summary>A ban that is told: to the address that it is on, or to that of the account.</summary>
    public static async Task TellOfBanAsync(WriteScope scope, Ban ban, CancellationToken ct)
    {
        var email = ban.Kind == Core.Screening.BanKind.Email ? ban.Value
            : ban.Kind == Core.Screening.BanKind.Person && long.TryParse(ban.Value, out var id) ? await scope.Db.Users.Where(p => p.Id == id).Select(p => p.Email).FirstOrDefaultAsync(ct) : null;
        Tell(scope, MailKind.Banned, email, ban.Id);
    }

    private static Problem? Wrong(string words) => words.Trim().Length is 0 or > MaxLength ? new Problem("words", $"Write 1 to {MaxLength:N0} characters.") : null;

    private static void Tell(WriteScope scope, MailKind kind, string? email, long about)
    {
        if (email is not null && FollowLedger.IsAddress(email)) scope.Db.Mails.Add(new QueuedMail { Kind = kind, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = about, CreatedAt = scope.Now, DueAt = scope.Now });
    }
}
