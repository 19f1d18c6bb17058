using System.Globalization;

namespace Broadsheet.Web.Mail;

/// <summary>Without a mail server, letters are files: any mail program opens them. Named so that they sort by time.</summary>
internal sealed class FolderMailer(MailOptions options, string folder, TimeProvider clock) : IMailer
{
    public Task<IMailSession> OpenAsync(CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return Task.FromResult<IMailSession>(new Session(options, folder, clock));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MailTroubleException(problem.Message, problem);
        }
    }

    private sealed class Session(MailOptions options, string folder, TimeProvider clock) : IMailSession
    {
        public async Task<MailOutcome> SendAsync(long id, Letter letter, CancellationToken ct)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}-{id:D9}.eml");
            // Whoever looks into the folder meanwhile sees no half a letter.
            var unfinished = Path.Combine(folder, $".{name}.tmp");
            try
            {
                using var message = MakeMessage.Of(letter, options.From);
                await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 16 << 10, FileOptions.Asynchronous)) await message.WriteToAsync(file, ct);
                File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
                return MailOutcome.Sent;
            }
            catch (FormatException problem)
            {
                return new MailOutcome(MailFate.NoSuchAddress, problem.Message);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw new MailTroubleException(problem.Message, problem);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
