using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>A comment that is stored, as the checks would have seen it when it came.</summary>
/// <param name="Results">What they said then.</param>
internal sealed record StoredSubmission(Comment Comment, CommentSubmission Submission, IReadOnlyList<CheckResult> Results);

/// <summary>Reads comments for checks that are asked, or told, after they were stored.</summary>
internal sealed class StoredSubmissions(ReaderSites sites)
{
    /// <returns>Null where the comment or its article is gone.</returns>
    public async Task<StoredSubmission?> ReadAsync(BroadsheetDb db, long id, CancellationToken ct)
    {
        if (await db.Comments.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } comment) return null;
        if (await db.Articles.Where(a => a.Id == comment.ArticleId).AsRows(db).FirstOrDefaultAsync(ct) is not { } article) return null;
        var results = ScreeningNote.Read(comment.Screening);
        // Where the publication was when the comment came: a job has no request to ask.
        var address = results.Select(r => r.Note?.Split(' ') is [_, var site] ? site.TrimEnd('/') : null).FirstOrDefault(s => s is not null) ?? "";
        var reader = await sites.OfAsync(address, ct);
        var draft = CommentDraft.Read(new CommentFields(comment.ArticleId, comment.ParentId, comment.Body, comment.AuthorName, comment.AuthorEmail, comment.AuthorUrl), nameAndEmailRequired: false);
        if (draft.Problem is not null) return null;
        var role = comment.PersonId is { } person ? await db.Users.Where(p => p.Id == person).Select(p => (Core.People.Role?)p.Role).FirstOrDefaultAsync(ct) : null;
        var html = MaskedWords.Original(comment, reader.Publication);
        var origin = new CommentOrigin(comment.PersonId, comment.AuthorIp, comment.UserAgent, comment.At, comment.AtLocal);
        return new StoredSubmission(comment, new CommentSubmission(draft.Value, origin, PlainText.Of(html.Value), LinkedHosts.Count(html), false, null, false, true)
        {
            Role = role,
            LinkHosts = LinkedHosts.Of(html, comment.AuthorUrl),
            Place = await SubmissionPlaces.OfAsync(db, reader, address, article, comment.ParentId, ct),
        }, results);
    }
}
