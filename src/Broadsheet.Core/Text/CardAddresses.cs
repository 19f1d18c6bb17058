using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Writes the address below the title of each card, so that readers see where it leads: host and path, shortened.</summary>
internal static class CardAddresses
{
    /// <param name="html">As the sanitiser writes it.</param>
    public static SafeHtml Show(SafeHtml html)
    {
        var markup = html.Value;
        if (!markup.Contains(MarkupPolicy.EmbedClass, StringComparison.Ordinal)) return html;
        var shown = new StringBuilder(markup.Length + 128);
        var done = 0;
        var isParagraphsFirst = false;
        var scanner = new MarkupScanner(markup);
        while (scanner.Read())
        {
            if (scanner is { Token: MarkupToken.StartTag, Tag.Name: "a" } && isParagraphsFirst && AddressOf(scanner.Inner) is { } address && EmbedLink.From(address) is { } link)
            {
                var title = PlainText.Of(scanner.ReadRawContent("a").ToString()).TrimEnd('/');
                // Only a card stands alone; a title that is the address says it already.
                if (markup.AsSpan(scanner.Position).StartsWith("</p>", StringComparison.Ordinal) && !title.EndsWith(link.Label, StringComparison.Ordinal))
                {
                    var end = scanner.Position - "</a>".Length;
                    shown.Append(markup, done, end - done).Append(" <small dir=\"ltr\">");
                    MarkupWriter.Escape(shown, link.Label, quote: false);
                    shown.Append("</small>");
                    done = end;
                }
            }

            isParagraphsFirst = scanner is { Token: MarkupToken.StartTag, Tag.Name: "p" };
        }

        return done == 0 ? html : new SafeHtml(shown.Append(markup, done, markup.Length - done).ToString());
    }

    /// <returns>Null for a link that is no card.</returns>
    private static string? AddressOf(ReadOnlySpan<char> attributes)
    {
        var (isCard, address) = (false, (string?)null);
        var reader = new AttributeReader(attributes);
        while (reader.Read())
        {
            if (reader.Name is "class") isCard = reader.Value is MarkupPolicy.EmbedClass;
            else if (reader.Name is "href") address = PlainText.Decode(reader.Value.ToString());
        }

        return isCard ? address : null;
    }
}
