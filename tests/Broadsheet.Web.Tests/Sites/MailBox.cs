using System.Text.RegularExpressions;
using MimeKit;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>The letters that a site without a mail server has written into its data folder, as a reader finds them.</summary>
public sealed class MailBox(BroadsheetSite site)
{
    private string Folder => Path.Combine(site.Folder, "mail");

    public List<MimeMessage> All() => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.eml").Order(StringComparer.Ordinal).Select(f => MimeMessage.Load(f))] : [];

    public List<MimeMessage> To(string address) => [.. All().Where(m => m.To.Mailboxes.Any(t => t.Address == address))];

    /// <summary>Waits for as many letters to an address, and returns the last.</summary>
    public async Task<MimeMessage> WaitAsync(string address, int count = 1)
    {
        await Eventually.SeesAsync(() => Task.FromResult(To(address).Count >= count));
        Assert.Equal(count, To(address).Count);
        return To(address)[^1];
    }

    /// <summary>The path of the first link in a letter's text that leads below <paramref name="door"/>.</summary>
    public static string Link(MimeMessage letter, string door) => Regex.Match(letter.TextBody!.Replace(" \r\n", " ", StringComparison.Ordinal), $@"https?://[^/\s]+({Regex.Escape(door)}/[A-Za-z0-9_-]+/)") is { Success: true } match
        ? match.Groups[1].Value : throw new InvalidOperationException($"There is no link to {door} in:\n{letter.TextBody}");

    /// <summary>The address that ends it with one click, as the header has it.</summary>
    public static string OneClick(MimeMessage letter) => new Uri(letter.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')).AbsolutePath;
}
