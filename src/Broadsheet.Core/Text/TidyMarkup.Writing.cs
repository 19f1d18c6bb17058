namespace Broadsheet.Core.Text;

/// <summary>What tidying is asked for.</summary>
/// <param name="Policy">The elements that may stay.</param>
/// <param name="ShowUnknown">Unknown tags ("List&lt;string&gt;") are shown as text, not dropped.</param>
/// <param name="KeepMarkers">Keep <c>&lt;!--more--&gt;</c> and <c>&lt;!--nextpage--&gt;</c>, at the top level.</param>
internal sealed record TidyOptions(MarkupPolicy Policy, bool ShowUnknown = false, bool KeepMarkers = false);

internal sealed partial class TidyMarkup
{
    // Attributes that are not on any allow-list, but from which an allowed one is made (see ElementRules).
    private static readonly string[] Legacy = ["align", "style", "name", "data-src", "data-lazy-src"];

    // Tags that end an unclosed <svg> or <math> in a browser (WHATWG HTML §13.2.6.5): what follows is text again.
    private static readonly string[] Breakouts =
        ["b", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "u", "ul", "var"];

    private void Text(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return;
        if (!IsBlank(text))
        {
            FitTableText();
            Reopen();
        }

        Write(text, quote: false);
    }

    private static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!MarkupScanner.IsSpace(c)) return false;
        }

        return true;
    }

    private void Write(ReadOnlySpan<char> text, bool quote)
    {
        while (true)
        {
            var at = quote ? text.IndexOfAny('<', '>', '"') : text.IndexOfAny('<', '>', '\0');
            if (at < 0) break;
            _out.Append(text[..at]).Append(text[at] switch { '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "" });
            text = text[(at + 1)..];
        }

        _out.Append(text);
    }

    private void WriteStart(HtmlTag tag, ReadOnlySpan<char> attributes)
    {
        _out.Append('<').Append(tag.Name);
        if (!attributes.IsEmpty)
        {
            var own = _options.Policy.Attributes[tag.Name];
            var reader = new AttributeReader(attributes);
            while (reader.Read()) WriteAttribute(own, reader.Name, reader.Value);
        }

        _out.Append('>');
    }

    private void WriteAttribute(System.Collections.Frozen.FrozenSet<string> own, ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.Length > 16) return;
        Span<char> lower = stackalloc char[name.Length];
        name.ToLowerInvariant(lower);
        var allowed = own.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower);
        if (!allowed && !(_options.Policy.KeepsMedia && IsLegacy(lower))) return;
        _out.Append(' ').Append(lower).Append("=\"");
        Write(value, quote: true);
        _out.Append('"');
    }

    private static bool IsLegacy(ReadOnlySpan<char> name)
    {
        foreach (var legacy in Legacy)
        {
            if (name.SequenceEqual(legacy)) return true;
        }

        return false;
    }

    private void Comment(ReadOnlySpan<char> text)
    {
        if (!_options.KeepMarkers || ContentMarkers.Parse(text) is not { } marker) return;
        if (marker != ContentMarkers.NextPage)
        {
            if (_moreKept) return;
            _moreKept = true;
        }

        // A body is cut here, so both halves must be whole.
        CloseAll();
        _out.Append("<!--").Append(marker).Append("-->");
    }

    private void Embed(ReadOnlySpan<char> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.Read())
        {
            if (!reader.Name.Equals("src", StringComparison.OrdinalIgnoreCase) && !reader.Name.Equals("data-src", StringComparison.OrdinalIgnoreCase)
                && !reader.Name.Equals("data", StringComparison.OrdinalIgnoreCase)) continue;
            if (EmbedLink.From(PlainText.Decode(reader.Value.ToString())) is not { } link) continue;
            Element(A, $"class=\"{MarkupPolicy.EmbedClass}\" href=\"{System.Net.WebUtility.HtmlEncode(link.Address)}\"", selfClosing: false);
            Text(System.Net.WebUtility.HtmlEncode(link.Label));
            End(A);
            return;
        }
    }

    private void SkipForeign(HtmlTag root, ref MarkupScanner scanner)
    {
        if (scanner.SelfClosing && root.Name != "template") return;
        var depth = 1;
        while (depth > 0 && scanner.Read())
        {
            if (scanner.Tag == root && scanner.Token == MarkupToken.StartTag && !scanner.SelfClosing) depth++;
            else if (scanner.Tag == root && scanner.Token == MarkupToken.EndTag) depth--;
            else if (scanner.Token == MarkupToken.StartTag && root.Name != "template" && scanner.Tag is { } tag && Array.IndexOf(Breakouts, tag.Name) >= 0)
            {
                Start(tag, ref scanner);
                return;
            }
        }
    }
}
