using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>How a comment came to be written.</summary>
/// <param name="IsTrapped">The field that people do not see was filled in.</param>
/// <param name="Time">From the first touch of the form; null where nobody measured.</param>
/// <param name="HasToken">The form was rendered here.</param>
internal sealed record Typing(bool IsTrapped, TimeSpan? Time, bool HasToken);

/// <param name="Screening">What each check said, as JSON; null where none did.</param>
internal sealed record Judgement(Standing Standing, string? Screening);

/// <summary>Gathers the facts about a comment, new or changed, and has the checks judge it.</summary>
internal sealed class JudgeComment(Screen screen)
{
    public async Task<Judgement> JudgeAsync(PageRequest page, CommentDraft draft, CommentOrigin origin, SafeHtml html, Typing typing, bool holdFirst, bool isModerator, CancellationToken ct)
    {
        // Only the rule on strangers asks how much of this writer was shown.
        var facts = new ScreeningFacts(!holdFirst ? 0 : await ShownBeforeAsync(page.Db, draft, origin, ct), page.Site.Publication.Rules with { HoldFirst = holdFirst });
        var verdict = await screen.JudgeAsync(new CommentSubmission(draft, origin, PlainText.Of(html.Value), Links(html), typing.IsTrapped, typing.Time, isModerator, typing.HasToken), facts, ct);
        return new Judgement(verdict.Standing, verdict.Results.Count == 0 ? null : JsonSerializer.Serialize(verdict.Results, ScreeningJson.Default.IReadOnlyListCheckResult));
    }

    private static async Task<int> ShownBeforeAsync(BroadsheetDb db, CommentDraft draft, CommentOrigin origin, CancellationToken ct)
    {
        if (origin.PersonId is { } person) return await db.Comments.Where(c => c.PersonId == person && c.Standing == Standing.Shown).Take(1).CountAsync(ct);
        if (draft.AuthorEmail.Length == 0) return 0;
        var (email, name) = (draft.AuthorEmail.ToLowerInvariant(), draft.AuthorName);
        return await db.Comments.Where(c => c.EmailFolded == email && c.Standing == Standing.Shown && c.AuthorName == name && c.PersonId == null).Take(1).CountAsync(ct);
    }

    private static int Links(SafeHtml html)
    {
        var (count, at) = (0, -1);
        while ((at = html.Value.IndexOf("<a ", at + 1, StringComparison.Ordinal)) >= 0) count++;
        return count;
    }
}

[JsonSerializable(typeof(IReadOnlyList<CheckResult>))]
internal sealed partial class ScreeningJson : JsonSerializerContext;
