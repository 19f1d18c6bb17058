using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>What two people made of one text: from the words that both began with, theirs and yours, and both in one where the changes do not touch each other.</summary>
internal static class Conflicts
{
    /// <param name="yours">Whose <see cref="EditorPage.Form.Modified"/> says with which words they began.</param>
    public static async Task<EditorPage.Stored> OfAsync(BroadsheetDb db, Publication publication, Article theirs, EditorPage.Form yours, CancellationToken ct)
    {
        var who = await db.Revisions.Where(r => r.ArticleId == theirs.Id).OrderByDescending(r => r.Id).Take(1).Join(db.Users, r => r.PersonId, p => p.Id, (_, p) => p.DisplayName).FirstOrDefaultAsync(ct);
        var start = await StartAsync(db, theirs, yours.Modified, ct);
        var (title, body, excerpt) = (ThreeWayMerge.Of(start.Title, theirs.Title, yours.Title), Body(start, theirs, yours), ThreeWayMerge.Of(start.Excerpt, theirs.Excerpt, yours.Excerpt));
        return new EditorPage.Stored(who ?? "Someone", DeskTime.Of(publication, theirs.ModifiedAt), theirs.Title, theirs.Body, theirs.Excerpt)
        {
            Fields = [.. Fields(start, theirs, yours)],
            Merged = title is not null && body is not null && excerpt is not null ? yours with { Title = title, Body = body, Excerpt = excerpt } : null,
        };
    }

    /// <summary>Lines of two formats have nothing to do with each other.</summary>
    private static string? Body((string Title, string Body, string Excerpt) start, Article theirs, EditorPage.Form yours) =>
        theirs.BodyFormat == yours.Format ? ThreeWayMerge.Of(start.Body, theirs.Body.ReplaceLineEndings("\n"), yours.Body) : null;

    private static IEnumerable<EditorPage.ThreeWay> Fields((string Title, string Body, string Excerpt) start, Article theirs, EditorPage.Form yours)
    {
        foreach (var (name, from, they, you) in new[] { ("Headline", start.Title, theirs.Title, yours.Title), ("Text", start.Body, theirs.Body.ReplaceLineEndings("\n"), yours.Body), ("Excerpt", start.Excerpt, theirs.Excerpt, yours.Excerpt) })
            if (they != from || you != from)
                yield return new EditorPage.ThreeWay(name, from == they ? [] : TextChanges.Between(from, they), from == you ? [] : TextChanges.Between(from, you));
    }

    /// <summary>The first revision after that moment holds the words of that moment; where there is none, they are those of now.</summary>
    private static async Task<(string Title, string Body, string Excerpt)> StartAsync(BroadsheetDb db, Article theirs, string modified, CancellationToken ct)
    {
        var at = long.TryParse(modified, out var milliseconds) && milliseconds is > 0 and < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.UnixEpoch;
        var found = await db.Revisions.Where(r => r.ArticleId == theirs.Id && r.At > at).OrderBy(r => r.Id).Select(r => new { r.Title, r.Body, r.Excerpt }).FirstOrDefaultAsync(ct);
        return found is null ? (theirs.Title, theirs.Body.ReplaceLineEndings("\n"), theirs.Excerpt) : (found.Title, found.Body.ReplaceLineEndings("\n"), found.Excerpt);
    }
}
