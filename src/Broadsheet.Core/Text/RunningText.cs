using System.Buffers;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>What is done to the text between the tags.</summary>
/// <param name="Marks">Quotation marks of the language.</param>
/// <param name="Links">Bare addresses become links.</param>
/// <param name="Emphasis"><c>*emphasis*</c> and <c>**strong**</c> are read.</param>
internal sealed record RunningTextOptions(QuoteMarks Marks, bool Links = false, bool Emphasis = false);

/// <summary>Works over the text of markup and leaves tags, code and addresses alone. One pass.</summary>
internal sealed class RunningText
{
    private static readonly SearchValues<char> Stops = SearchValues.Create("*hHwW");

    private readonly RunningTextOptions _options;
    private readonly Typesetter _typesetter;
    private readonly StringBuilder _out;
    private int _verbatim;
    private int _inLink;

    private RunningText(RunningTextOptions options, int length)
    {
        _options = options;
        _typesetter = new Typesetter(options.Marks);
        _out = new StringBuilder(length + length / 8 + 32);
    }

    public static string Of(string markup, RunningTextOptions options)
    {
        var text = new RunningText(options, markup.Length);
        var scanner = new MarkupScanner(markup);
        while (scanner.Read())
        {
            if (scanner.Token == MarkupToken.Text) text.Text(scanner.Inner);
            else text.Markup(ref scanner);
        }

        return text._out.ToString();
    }

    private void Markup(ref MarkupScanner scanner)
    {
        _out.Append(scanner.Raw);
        if (scanner.Tag is not { } tag)
        {
            if (scanner.Token != MarkupToken.Comment) _typesetter.Skip();
            return;
        }

        var step = scanner.Token == MarkupToken.StartTag ? 1 : -1;
        if (step > 0 && tag.Is(TagTraits.RawText))
        {
            var content = scanner.ReadRawContent(tag.Name);
            _out.Append(content).Append("</").Append(tag.Name).Append('>');
        }
        else if (tag.Name is "pre" or "code" or "kbd" or "tt" or "samp" or "textarea")
        {
            _verbatim = Math.Max(0, _verbatim + step);
            _typesetter.Skip();
        }
        else if (tag.Name == "a") _inLink = step > 0 ? 1 : 0;
        if (tag.Is(TagTraits.ClosesParagraph | TagTraits.TablePart)) _typesetter.Reset();
    }

    private void Text(ReadOnlySpan<char> text)
    {
        if (_verbatim > 0)
        {
            _out.Append(text);
            return;
        }

        while (!text.IsEmpty)
        {
            var end = text.IndexOf("\n\n", StringComparison.Ordinal);
            if (end < 0)
            {
                Paragraph(text);
                return;
            }

            Paragraph(text[..end]);
            _out.Append("\n\n");
            _typesetter.Reset();
            text = text[(end + 2)..];
        }
    }

    private void Paragraph(ReadOnlySpan<char> text)
    {
        var emphasis = new EmphasisMarks(text);
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var found = text[at..].IndexOfAny(Stops);
            if (found < 0) break;
            at += found;
            var c = text[at];
            if (c is 'h' or 'H' or 'w' or 'W' && BareAddress.LengthAt(text[..emphasis.Limit], at) is > 0 and var length)
            {
                _typesetter.Append(_out, text[from..at]);
                Address(text.Slice(at, length));
                from = at + length;
                at = from - 1;
            }
            else if (c == '*' && _options.Emphasis)
            {
                if (emphasis.ReadAt(at, out var tag, out var width))
                {
                    _typesetter.Append(_out, text[from..at]);
                    _out.Append(tag);
                    from = at + width;
                }

                // The whole run is read, mark or not: none of its stars is looked at twice.
                at += width - 1;
            }
        }

        _typesetter.Append(_out, text[from..]);
    }

    private void Address(ReadOnlySpan<char> written)
    {
        var address = written.ToString();
        _typesetter.Skip();
        if (!_options.Links || _inLink > 0 || SafeAddress.Link(BareAddress.Absolute(PlainText.Decode(address))) is not { } safe)
        {
            _out.Append(address);
            return;
        }

        _out.Append("<a href=\"");
        MarkupWriter.Escape(_out, safe, quote: true);
        _out.Append("\" rel=\"nofollow ugc noopener\">").Append(address).Append("</a>");
    }
}
