using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Notes of the staff beside an article. Whoever is named in one, by @ and their name, gets a mail.</summary>
internal static class NoteLedger
{
    private const int MostNamed = 20;

    public static async Task AddAsync(WriteScope scope, long articleId, long personId, string words, CancellationToken ct)
    {
        var note = new ArticleNote { ArticleId = articleId, ById = personId, At = scope.Now, Words = words };
        scope.Db.ArticleNotes.Add(note);
        await scope.FlushAsync(ct);
        foreach (var email in await NamedAsync(scope.Db, personId, words, ct))
            scope.Db.Mails.Add(new QueuedMail { Kind = MailKind.NoteNamesYou, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = note.Id, CreatedAt = scope.Now, DueAt = scope.Now });
    }

    /// <summary>Only who wrote it takes it back.</summary>
    public static async Task<bool> RemoveAsync(WriteScope scope, long articleId, long id, long personId, CancellationToken ct) =>
        await scope.Db.ArticleNotes.Where(n => n.Id == id && n.ArticleId == articleId && n.ById == personId).ExecuteDeleteAsync(ct) > 0;

    /// <summary>Members of the staff whose name follows an @; of two names that both fit, the longer.</summary>
    private static async Task<List<string>> NamedAsync(BroadsheetDb db, long personId, string words, CancellationToken ct)
    {
        if (!words.Contains('@', StringComparison.Ordinal)) return [];
        Role[] roles = [.. Enum.GetValues<Role>().Where(r => r.IsStaff())];
        var staff = await db.Users.Where(p => roles.Contains(p.Role)).Select(p => new { p.Id, p.DisplayName, p.Email }).ToListAsync(ct);
        var (named, byLength) = (new Dictionary<long, string>(), staff.OrderByDescending(p => p.DisplayName.Length).ToList());
        for (var at = words.IndexOf('@', StringComparison.Ordinal); at >= 0 && named.Count < MostNamed; at = words.IndexOf('@', at + 1))
        {
            var rest = words.AsSpan(at + 1);
            foreach (var person in byLength)
            {
                if (!rest.StartsWith(person.DisplayName, StringComparison.OrdinalIgnoreCase) || (rest.Length > person.DisplayName.Length && char.IsLetterOrDigit(rest[person.DisplayName.Length]))) continue;
                if (person.Id != personId && person.Email is { } email && FollowLedger.IsAddress(email)) named[person.Id] = email;
                break;
            }
        }
        return [.. named.Values];
    }
}
