using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Mail;

/// <summary>Writes the letters of some kinds of mail, at the moment that they are sent: what is not so any more is not told.</summary>
internal interface IWriteLetters
{
    MailKind Kind { get; }

    /// <returns>Null where there is nothing to tell (any more).</returns>
    Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct);
}
