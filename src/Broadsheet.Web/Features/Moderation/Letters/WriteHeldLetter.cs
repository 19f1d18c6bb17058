using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>Tells a moderator what waits. Its links open the comment at the desk, where a button decides: mail programs follow links by themselves.</summary>
internal sealed class WriteHeldLetter(IDatabaseEngine engine, AccountLetters letters, PublicAddress address) : IWriteLetters
{
    private const int Most = 15;

    public MailKind Kind => MailKind.Held;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        // What somebody has decided meanwhile is not told.
        var since = DateTimeOffset.FromUnixTimeMilliseconds(mail.SubscriptionId);
        var held = db.Comments.Where(c => c.Standing == Standing.Held && c.At > since && c.At <= mail.CreatedAt);
        var count = await held.CountAsync(ct);
        if (count == 0) return null;
        var rows = await held.OrderByDescending(c => c.At).Take(Most).Join(db.Articles, c => c.ArticleId, a => a.Id, (c, a) => new { c.Id, c.At, c.AuthorName, c.BodyHtml, c.Body, c.Format, a.TitleText }).ToListAsync(ct);
        var words = count == 1 ? "1 comment waits" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} comments wait");
        return await letters.MakeAsync(mail, p => $"{words} at {p.Title}", (body, p) =>
        {
            foreach (var row in rows.OrderByDescending(r => r.At))
            {
                body.Heading($"{(row.AuthorName.Length > 0 ? row.AuthorName : "Anonymous")} on {(row.TitleText.Length > 0 ? row.TitleText : "Untitled")}").Quote(Excerpt.Of(MaskedWords.Original(row.BodyHtml, row.Body, row.Format, p), 60));
                if (address.IsConfigured) body.Link("Decide", address.Or("") + ShowComment.Address(row.Id));
            }
            return count > rows.Count ? body.Say(string.Create(CultureInfo.InvariantCulture, $"And {count - rows.Count:N0} more.")) : body;
        }, QueueNames.Page, "All that waits", "They wait at /newsroom/comments/ of the publication.", ct);
    }
}
