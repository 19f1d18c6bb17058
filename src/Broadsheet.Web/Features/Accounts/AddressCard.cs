using System.Text;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>A card for an address book: vCard 4.0 (RFC 6350), with lines folded after 75 octets.</summary>
internal static class AddressCard
{
    private const int MostOctets = 75;

    /// <param name="url">Empty for none.</param>
    /// <param name="note">Empty for none.</param>
    /// <param name="source">Where the card is kept up to date.</param>
    public static string Write(string name, string url, string note, string source)
    {
        var card = new StringBuilder();
        Line(card, "BEGIN:VCARD");
        Line(card, "VERSION:4.0");
        Line(card, $"FN:{Text(name)}");
        if (url.Length > 0) Line(card, $"URL:{url}");
        if (note.Length > 0) Line(card, $"NOTE:{Text(note)}");
        Line(card, $"SOURCE:{source}");
        Line(card, "END:VCARD");
        return card.ToString();
    }

    private static string Text(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    private static void Line(StringBuilder card, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                card.Append("\r\n ");
                octets = 1;
            }
            card.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        card.Append("\r\n");
    }
}
