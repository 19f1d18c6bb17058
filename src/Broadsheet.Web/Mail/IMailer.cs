namespace Broadsheet.Web.Mail;

/// <summary>Where mail goes: a mail server, or a folder.</summary>
internal interface IMailer
{
    /// <exception cref="MailTroubleException">There is no way out now: no letter was looked at.</exception>
    Task<IMailSession> OpenAsync(CancellationToken ct);
}

/// <summary>One connection for many letters.</summary>
internal interface IMailSession : IAsyncDisposable
{
    /// <param name="id">The queue's number of the letter.</param>
    /// <exception cref="MailTroubleException">The connection is gone and could not be made again: the letter, and those after it, must wait.</exception>
    Task<MailOutcome> SendAsync(long id, Letter letter, CancellationToken ct);
}

/// <param name="Reason">What the server said; empty where it took the letter.</param>
internal sealed record MailOutcome(MailFate Fate, string Reason)
{
    public static readonly MailOutcome Sent = new(MailFate.Sent, "");
}

internal enum MailFate
{
    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>Not now; perhaps later.</summary>
    Later,

    /// <summary>Never: there is no such address.</summary>
    NoSuchAddress,
}

/// <summary>No mail can leave now. The message names no secret.</summary>
internal sealed class MailTroubleException(string message, Exception? inner = null) : Exception(message, inner);
