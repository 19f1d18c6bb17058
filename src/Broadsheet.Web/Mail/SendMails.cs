using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Mail;

/// <summary>
/// Sends what is due. Each mail is noted right after the server took it, so that a stop in between (and only there) sends that one mail a second
/// time, with the same Message-ID; none is ever lost. While no mail can leave at all, the queue waits as it is.
/// </summary>
internal sealed partial class SendMails(IDatabaseEngine engine, Writes writes, IMailer mailer, IEnumerable<IWriteLetters> writers, JobPace pace, TimeProvider clock, ILogger<SendMails> log) : IRecurring
{
    private const int Batch = 20;
    private const int MostOnOneConnection = 500;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Dictionary<MailKind, IWriteLetters> _writers = writers.ToDictionary(w => w.Kind);
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private TimeSpan _pause = TimeSpan.Zero;

    public TimeSpan Every => pace.Look;

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now < _pausedUntil) return false;
        await using (var db = engine.Open())
            if (!await db.Mails.AnyAsync(m => m.State == MailState.Waiting && m.DueAt <= now && (m.ClaimedUntil == null || m.ClaimedUntil < now), ct)) return false;
        try
        {
            await using var session = await mailer.OpenAsync(ct);
            var sent = 0;
            for (var taken = Batch; taken == Batch && sent < MostOnOneConnection; sent += taken) taken = await SendBatchAsync(session, ct);
            (_pause, _pausedUntil) = (TimeSpan.Zero, DateTimeOffset.MinValue);
            return sent >= MostOnOneConnection;
        }
        catch (MailTroubleException trouble)
        {
            await PauseAsync(trouble, ct);
            return false;
        }
    }

    private async Task<int> SendBatchAsync(IMailSession session, CancellationToken ct)
    {
        var mails = await writes.RunAsync((scope, token) => MailLedger.ClaimAsync(scope, Batch, Lease, token), ct);
        for (var i = 0; i < mails.Count; i++)
        {
            try
            {
                await SendAsync(session, mails[i], ct);
            }
            catch (MailTroubleException trouble)
            {
                // The way out is gone: this mail and the rest of the batch are tried again.
                foreach (var mail in mails.Skip(i)) await writes.RunAsync((scope, token) => MailLedger.PostponeAsync(scope, mail, trouble.Message, token), ct);
                throw;
            }
        }
        return mails.Count;
    }

    private async Task SendAsync(IMailSession session, QueuedMail mail, CancellationToken ct)
    {
        Letter? letter;
        try
        {
            letter = await _writers[mail.Kind].WriteAsync(mail, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && engine.AsStorageTrouble(failure) is null)
        {
            Log.NotWritten(log, mail.Id, failure);
            await writes.RunAsync((scope, token) => MailLedger.PostponeAsync(scope, mail, failure.Message, token), ct);
            return;
        }
        if (letter is null)
        {
            await writes.RunAsync((scope, token) => MailLedger.DoneAsync(scope, mail, MailState.Skipped, "There was nothing to tell any more.", token), ct);
            return;
        }
        var outcome = await session.SendAsync(mail.Id, letter, ct);
        // Not to be stopped between the server's word and its note.
        await writes.RunAsync((scope, token) => outcome.Fate switch
        {
            MailFate.Sent => MailLedger.DoneAsync(scope, mail, MailState.Sent, null, token),
            MailFate.NoSuchAddress => MailLedger.RefuseAsync(scope, mail, outcome.Reason, token),
            _ => MailLedger.PostponeAsync(scope, mail, outcome.Reason, token),
        }, CancellationToken.None);
        if (outcome.Fate != MailFate.Sent) Log.NotSent(log, mail.Id, WithoutAddresses(outcome.Reason));
    }

    /// <summary>Mail servers repeat whom they refuse; a log has no readers' addresses.</summary>
    private static string WithoutAddresses(string reason) => string.Join(' ', reason.Split(' ').Select(word => word.Contains('@', StringComparison.Ordinal) ? "…" : word));

    /// <summary>One line when it begins, then later and later tries.</summary>
    private async Task PauseAsync(MailTroubleException trouble, CancellationToken ct)
    {
        if (_pause == TimeSpan.Zero) Log.NoWayOut(log, trouble.Message);
        _pause = _pause == TimeSpan.Zero ? TimeSpan.FromSeconds(5) : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        _pausedUntil = clock.GetUtcNow() + _pause;
        await writes.RunAsync((scope, token) => MailLedger.GiveUpOldAsync(scope, trouble.Message, token), ct);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6001, Level = LogLevel.Warning, Message = "No mail can be sent now, and it will be tried again: {Reason}")]
        public static partial void NoWayOut(ILogger log, string reason);

        [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "Mail {Id} was not sent: {Reason}")]
        public static partial void NotSent(ILogger log, long id, string reason);

        [LoggerMessage(EventId = 6003, Level = LogLevel.Warning, Message = "Mail {Id} could not be written and will be tried again")]
        public static partial void NotWritten(ILogger log, long id, Exception failure);
    }
}
