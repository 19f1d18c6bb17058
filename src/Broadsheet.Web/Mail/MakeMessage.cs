using MimeKit;
using MimeKit.Text;

namespace Broadsheet.Web.Mail;

/// <summary>Makes the message that goes out of a letter: both parts, and the headers by which programs thread it, file it and end it.</summary>
internal static class MakeMessage
{
    private const int LongestHeader = 300;

    /// <exception cref="FormatException">The letter's address is none.</exception>
    public static MimeMessage Of(Letter letter, MailboxAddress from)
    {
        if (!MailboxAddress.TryParse(letter.To, out var to) || !to.Address.Contains('@', StringComparison.Ordinal)) throw new FormatException("This is no e-mail address.");
        var host = from.Address[(from.Address.LastIndexOf('@') + 1)..];
        var message = new MimeMessage { Subject = OneLine(letter.Subject), Date = letter.At, MessageId = $"{letter.Key}@{host}" };
        message.From.Add(string.IsNullOrEmpty(from.Name) ? new MailboxAddress(OneLine(letter.FromName), from.Address) : from);
        message.To.Add(new MailboxAddress("", to.Address));
        if (letter.Above.Count > 0) message.InReplyTo = $"{letter.Above[^1]}@{host}";
        foreach (var key in letter.Above) message.References.Add($"{key}@{host}");
        // RFC 3834: no absence notes and no bounces of people's own making, please.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (letter.List is { } list) message.Headers.Add(HeaderId.ListId, $"{Phrase(list.Name)} <{list.Id}.{host}>");
        if (letter.EndUrl is { } end)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{end}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        var text = new TextPart(TextFormat.Flowed) { Text = letter.Body.Text() };
        var html = new TextPart(TextFormat.Html) { Text = letter.Body.Html(letter.Language, letter.IsRightToLeft, OneLine(letter.Subject)) };
        message.Body = new MultipartAlternative { text, html };
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    /// <summary>What may stand in a header: one line of visible characters, none of which turns the others around.</summary>
    private static string OneLine(string text)
    {
        var line = string.Concat(BidiControls.Strip(text).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
        return line.Length <= LongestHeader ? line : line[..(char.IsHighSurrogate(line[LongestHeader - 1]) ? LongestHeader - 1 : LongestHeader)] + "…";
    }

    /// <summary>In quotes: List-Id's phrase is made by hand, since MimeKit has no type for it. Only ASCII, for the same reason.</summary>
    private static string Phrase(string name) => $"\"{string.Concat(OneLine(name).Where(c => c is >= ' ' and < (char)127 and not ('"' or '\\')))}\"";
}
