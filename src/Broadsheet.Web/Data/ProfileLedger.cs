using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>How somebody wishes to be shown; checked for shape.</summary>
/// <param name="Name">See <see cref="PersonName.Tidy"/>.</param>
/// <param name="Bio">Plain text, at most <see cref="ProfileLedger.MaxBioLength"/> UTF-16 code units.</param>
/// <param name="Url">http or https; empty for none.</param>
internal sealed record ProfileEdit(string Name, string Bio, string Url, bool HasPage);

/// <summary>What people say of themselves, and their comments, which follow it.</summary>
internal static class ProfileLedger
{
    public const int MaxBioLength = 500;

    /// <summary>The job that brings somebody's comments up to date; its payload is their id.</summary>
    public const string SpreadJob = "spread-profile";

    /// <returns>Why the name is not to be had; null where all is done.</returns>
    public static async Task<Problem?> ChangeAsync(WriteScope scope, Publication publication, long personId, ProfileEdit edit, CancellationToken ct)
    {
        if (await scope.Db.Users.AsTracking().FirstOrDefaultAsync(p => p.Id == personId, ct) is not { } person) return new Problem("name", "This account is gone.");
        var (nameBefore, urlBefore, pageBefore) = (person.DisplayName, person.Url, person.HasPage);
        if (await NameLedger.ChangeAsync(scope, publication, person, edit.Name, ct) is { } problem) return problem;
        (person.Bio, person.Url, person.HasPage) = (edit.Bio, edit.Url, edit.HasPage);
        await scope.FlushAsync(ct);
        if (nameBefore != person.DisplayName || urlBefore != person.Url) Spread(scope, personId);
        if (pageBefore != person.HasPage) await PictureLedger.ShowAsync(scope, personId, ct);
        scope.Evict(PeopleLedger.Tag(personId));
        if (person.Role.IsStaff()) scope.Evict("site-index");
        return null;
    }

    /// <summary>The comments that were written as a guest from an address that is this person's are theirs now.</summary>
    /// <param name="personId">Has proven the address.</param>
    /// <returns>How many.</returns>
    public static async Task<int> ClaimAsync(WriteScope scope, long personId, CancellationToken ct)
    {
        if (await OfGuestAsync(scope.Db, personId, ct) is not { } guest) return 0;
        foreach (var article in await guest.Select(c => c.ArticleId).Distinct().ToListAsync(ct)) scope.Evict(string.Create(CultureInfo.InvariantCulture, $"thread:{article}"));
        var claimed = await guest.ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonId, personId), ct);
        Spread(scope, personId);
        return claimed;
    }

    /// <returns>The comments that somebody wrote here as a guest; null where they have not proven an address.</returns>
    public static async Task<IQueryable<Comment>?> OfGuestAsync(BroadsheetDb db, long personId, CancellationToken ct) =>
        await db.Users.Where(p => p.Id == personId && p.EmailConfirmed && p.Email != null).Select(p => p.Email).FirstOrDefaultAsync(ct) is { Length: > 0 } email && email.ToLowerInvariant() is var folded
            ? db.Comments.Where(c => c.EmailFolded == folded && c.PersonId == null && c.Kind == CommentKind.Comment) : null;

    /// <summary>Some of somebody's comments get the name and link that they have now.</summary>
    /// <returns>How many; fewer than <paramref name="most"/>: these were the last.</returns>
    public static async Task<int> SpreadAsync(WriteScope scope, long personId, int most, CancellationToken ct)
    {
        if (await scope.Db.Users.Where(p => p.Id == personId).Select(p => new { p.DisplayName, p.Url }).FirstOrDefaultAsync(ct) is not { } person) return 0;
        var (name, url) = (Comment.Fit(person.DisplayName), person.Url);
        var old = await scope.Db.Comments.Where(c => c.PersonId == personId && (c.AuthorName != name || c.AuthorUrl != url)).OrderBy(c => c.Id).Take(most).Select(c => new { c.Id, c.ArticleId, c.Standing }).ToListAsync(ct);
        var ids = old.ConvertAll(c => c.Id);
        await scope.Db.Comments.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.AuthorName, name).SetProperty(c => c.AuthorUrl, url), ct);
        foreach (var article in old.Where(c => c.Standing == Standing.Shown).Select(c => c.ArticleId).Distinct()) scope.Evict(string.Create(CultureInfo.InvariantCulture, $"thread:{article}"));
        foreach (var comment in old.Where(c => c.Standing == Standing.Shown)) scope.Db.SearchPending.Add(new SearchPending { ArticleId = comment.ArticleId, CommentId = comment.Id });
        if (old.Count > 0) scope.Evict("comments");
        return old.Count;
    }

    private static void Spread(WriteScope scope, long personId) => scope.Enqueue(SpreadJob, personId.ToString(CultureInfo.InvariantCulture));
}
