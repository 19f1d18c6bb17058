using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// Replaces the shortcodes that WordPress and WordPress.com know (<c>[caption]</c>, <c>[gallery]</c>, <c>[youtube …]</c> …) by markup. Others stay as
/// text, as they do there; <c>[[gallery]]</c> shows <c>[gallery]</c>. One pass; nothing within tags, &lt;pre&gt; or &lt;code&gt; is touched.
/// </summary>
internal sealed class Shortcodes(string body, RenderContext context)
{
    private const int MaxArguments = 4_000;
    private const int MaxUnfinishedTags = 8;

    private readonly StringBuilder _out = new(body.Length + body.Length / 4);
    private readonly HashSet<string> _noClosing = new(StringComparer.OrdinalIgnoreCase);
    private int _unfinishedTags;

    public static string Expand(string body, RenderContext context)
    {
        if (!body.Contains('[', StringComparison.Ordinal)) return body;
        var shortcodes = new Shortcodes(body, context);
        shortcodes.Run();
        return shortcodes._out.ToString();
    }

    private void Run()
    {
        var at = 0;
        while (at < body.Length)
        {
            var found = body.AsSpan(at).IndexOfAny('[', '<');
            if (found < 0) break;
            _out.Append(body, at, found);
            at += found;
            at += body[at] == '<' ? Tag(at) : Shortcode(at);
        }

        if (at < body.Length) _out.Append(body, at, body.Length - at);
    }

    private int Tag(int at)
    {
        var scanner = new MarkupScanner(body, at);
        if (_unfinishedTags >= MaxUnfinishedTags || !scanner.Read() || scanner.Token == MarkupToken.Text)
        {
            _unfinishedTags++;
            _out.Append('<');
            return 1;
        }

        if (scanner.Token == MarkupToken.StartTag && scanner.Tag is { } tag && (tag.Is(TagTraits.RawText) || tag.Name is "pre" or "code" or "textarea")) scanner.ReadRawContent(tag.Name);
        var raw = body.AsSpan(at, scanner.Position - at);
        // Escaped shortcodes are unescaped even in code, where they are most often shown.
        if (raw.Contains("[[", StringComparison.Ordinal) && scanner.Tag is { Name: "pre" or "code" }) _out.Append(raw.ToString().Replace("[[", "[", StringComparison.Ordinal).Replace("]]", "]", StringComparison.Ordinal));
        else _out.Append(raw);
        return raw.Length;
    }

    private int Shortcode(int at)
    {
        var escaped = at + 1 < body.Length && body[at + 1] == '[';
        var start = escaped ? at + 1 : at;
        var nameEnd = start + 1;
        while (nameEnd < body.Length && (char.IsAsciiLetterOrDigit(body[nameEnd]) || body[nameEnd] is '_' or '-')) nameEnd++;
        var name = body[(start + 1)..nameEnd].ToLowerInvariant();
        if (!ShortcodeMarkup.Knows(name) || EndOfArguments(nameEnd) is not (> 0 and var end)) return Literal(at, escaped ? 2 : 1);
        if (escaped) return Unescape(at, start, end, name);

        var selfClosing = body[end - 1] == '/' && end - 1 >= nameEnd;
        var arguments = ShortcodeArguments.Parse(body.AsSpan(nameEnd, (selfClosing ? end - 1 : end) - nameEnd));
        var content = "";
        var next = end + 1;
        if (!selfClosing && ShortcodeMarkup.Encloses(name) && FindClosing(name, next) is >= 0 and var closing)
        {
            content = body[next..closing];
            next = closing + name.Length + 3;
        }

        if (ShortcodeMarkup.Write(name, arguments, content, context) is not { } markup) return Literal(at, end + 1 - at);
        _out.Append(markup);
        return next - at;
    }

    private int Literal(int at, int length)
    {
        _out.Append(body, at, length);
        return length;
    }

    // [[name]] and [[name]…[/name]]
    private int Unescape(int at, int start, int end, string name)
    {
        if (end + 1 < body.Length && body[end + 1] == ']')
        {
            Shown(start, end + 1);
            return end + 2 - at;
        }

        var closing = FindClosing(name, end + 1);
        var last = closing + name.Length + 3;
        if (closing < 0 || last >= body.Length || body[last] != ']') return Literal(at, 2);
        Shown(start, last);
        return last + 1 - at;
    }

    // As written: straight quotes in a form that typography does not read.
    private void Shown(int from, int to) =>
        _out.Append(body[from..to].Replace("\"", "&#34;", StringComparison.Ordinal).Replace("'", "&#x27;", StringComparison.Ordinal));

    // The place of the "]", or -1. Quotes may hold brackets.
    private int EndOfArguments(int from)
    {
        if (from < body.Length && !(body[from] is ']' or '=' or '/' or ':' || MarkupScanner.IsSpace(body[from]) || body[from] == '\u00A0')) return -1;
        var limit = Math.Min(body.Length, from + MaxArguments);
        var quote = '\0';
        for (var at = from; at < limit; at++)
        {
            var c = body[at];
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
            }
            else if (c == ']') return at;
            else if (c == '[') return -1;
            else if (c is '"' or '\'' && body[at - 1] is '=' or ' ') quote = c;
        }

        return -1;
    }

    private int FindClosing(string name, int from)
    {
        if (_noClosing.Contains(name)) return -1;
        var closing = body.IndexOf($"[/{name}]", from, StringComparison.OrdinalIgnoreCase);
        // Looked for once to the end (else O(n²)).
        if (closing < 0) _noClosing.Add(name);
        return closing;
    }
}
