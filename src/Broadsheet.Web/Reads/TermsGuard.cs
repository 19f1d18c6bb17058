using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>One override of an outlet's terms, as the editor shows it.</summary>
/// <param name="Who">Null for somebody who is gone.</param>
internal sealed record TermsOverrideRow(string? Who, DateTimeOffset At, string Reason, string Breach);

/// <summary>Whether an article keeps within the terms of the outlet that it credits.</summary>
internal static class TermsGuard
{
    /// <summary>
    /// An article that was made of a story on the wire keeps the outlet's own terms, whatever its credit says now, and is held against the story's words;
    /// any other keeps those of its credit.
    /// </summary>
    /// <param name="articleId">0 for a new one.</param>
    /// <returns>What is wrong, as a sentence; null where nothing is, or an editor has already said why it may be so.</returns>
    public static async Task<string?> BreachAsync(BroadsheetDb db, long articleId, SourceCredit? credit, SafeHtml body, CancellationToken ct)
    {
        var story = articleId == 0 ? null : await db.WireItems.Where(w => w.ArticleId == articleId).OrderBy(w => w.Id).Select(w => new { w.OutletId, Text = w.FullBody ?? w.Body }).FirstOrDefaultAsync(ct);
        var outlet = story?.OutletId is { } id ? await db.Outlets.FirstOrDefaultAsync(o => o.Id == id, ct) : null;
        var terms = outlet?.TermsOf() ?? (credit is null ? null : TermsOfOutlet.Create(credit.Terms, credit.ExcerptWords > 0 ? credit.ExcerptWords : null).Value);
        var original = story is null ? null : PlainText.Of(SafeHtml.FromStore(story.Text));
        if (terms?.Breach(PlainText.Of(body), original is { Length: > 0 } ? original : null) is not { } breach) return null;
        return articleId != 0 && await db.TermsOverrides.AnyAsync(o => o.ArticleId == articleId, ct) ? null : breach;
    }

    /// <summary>Oldest first.</summary>
    public static Task<List<TermsOverrideRow>> OverridesAsync(BroadsheetDb db, long articleId, CancellationToken ct) =>
        db.TermsOverrides.Where(o => o.ArticleId == articleId).OrderBy(o => o.Id).LeftJoin(db.Users, o => o.PersonId, p => p.Id, (o, p) => new TermsOverrideRow(p == null ? null : p.DisplayName, o.At, o.Reason, o.Breach)).ToListAsync(ct);
}
