using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>Tells of a legal notice: that it came, and what was decided, to whoever gave it; the statement of reasons to whoever wrote the comment.</summary>
internal sealed class WriteNoticeLetter(MailKind kind, IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    private const string Redress = "If you think that this is wrong, answer to the publication, or turn to an out-of-court dispute settlement body or to a court.";

    public MailKind Kind => kind;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.LegalNotices.FirstOrDefaultAsync(n => n.Id == mail.SubscriptionId, ct) is not { } n) return null;
        var written = SafeHtml.FromStore(n.CommentHtml);
        return await letters.MakeAsync(mail, p => kind switch
        {
            MailKind.NoticeReceived => $"Your notice {n.Id} to {p.Title} has come",
            MailKind.NoticeAnswered => $"Your notice {n.Id} to {p.Title}: what was decided",
            _ => $"Your comment at {p.Title} was removed",
            // Whoever gives notice is a reader, and sees the comment as readers do.
        }, (body, p) => Say(body, n, Excerpt.Of(kind == MailKind.StatementOfReasons ? written : MaskedWords.In(written, p), 80)), "/", "The publication", "Answer to the publication, by the address on its pages.", ct);
    }

    private LetterBody Say(LetterBody body, LegalNotice n, string words) => kind switch
    {
        MailKind.NoticeReceived => body.Say("You gave notice that this comment breaks the law:").Quote(words).Say("A moderator will decide on it; you will be told, with the reasons."),
        MailKind.NoticeAnswered => body.Say("You gave notice that this comment breaks the law:").Quote(words)
            .Say(n.State == NoticeState.Refused ? "It was decided, by a person, that the comment stays." : "It was decided, by a person, that the comment is removed.").Say(n.Statement).Say(Redress),
        _ => body.Say("This comment of yours was removed, after somebody gave notice of it:").Quote(words)
            .Say(n.IsByLaw == true ? $"It was held to be against the law: {n.Law}" : "It was held to be against the rules of this publication.").Say(n.Statement)
            .Say("A person decided this; no program did.").Say($"Where you see your comment, you can ask for another look. {Redress}"),
    };
}
