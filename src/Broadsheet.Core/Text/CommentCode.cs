using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// Marks the code in a comment before anything else is read, so that nothing in it means anything: <c>`code`</c> and the content of
/// written &lt;code&gt; and &lt;pre&gt;. (Fences are lines, see <see cref="CommentLines"/>.) One pass.
/// </summary>
internal static class CommentCode
{
    public static string Mark(string written)
    {
        if (written.AsSpan().IndexOfAny('`', '<') < 0) return written;
        var marked = new StringBuilder(written.Length + 32);
        var ticks = new BacktickPairs(written);
        var scanner = new MarkupScanner(written);
        var done = 0;
        while (scanner.Read())
        {
            if (scanner.Position <= done) continue;
            if (scanner.Start >= done && scanner.Token == MarkupToken.StartTag && scanner.Tag is { Name: "code" or "pre" } tag)
            {
                Literal(marked, tag.Name, scanner.ReadRawContent(tag.Name));
                continue;
            }

            var from = Math.Max(scanner.Start, done);
            if (scanner.Token != MarkupToken.Text) marked.Append(written, from, scanner.Position - from);
            else done = Ticks(marked, written, from, scanner.Position, ticks);
        }

        return marked.ToString();
    }

    /// <summary>Escapes, but leaves a written reference such as <c>&amp;lt;</c> to mean what it says.</summary>
    public static void Escape(StringBuilder to, ReadOnlySpan<char> code)
    {
        foreach (var c in code)
        {
            if (c == '<') to.Append("&lt;");
            else if (c == '>') to.Append("&gt;");
            else to.Append(c);
        }
    }

    private static int Ticks(StringBuilder marked, string written, int from, int end, BacktickPairs ticks)
    {
        var at = from;
        while (at < end)
        {
            var tick = written.AsSpan(at, end - at).IndexOf('`');
            if (tick < 0) break;
            tick += at;
            var close = ticks.Closing(tick, out var width);
            if (close < 0)
            {
                marked.Append(written, at, tick + width - at);
                at = tick + width;
                continue;
            }

            marked.Append(written, at, tick - at).Append("<code>");
            EscapeAll(marked, written.AsSpan(tick + width, close - tick - width).Trim(' '));
            marked.Append("</code>");
            at = close + width;
        }

        if (at < end) marked.Append(written, at, end - at);
        return Math.Max(at, end);
    }

    public static void EscapeAll(StringBuilder to, ReadOnlySpan<char> code)
    {
        foreach (var c in code)
        {
            if (c == '&') to.Append("&amp;");
            else if (c == '<') to.Append("&lt;");
            else if (c == '>') to.Append("&gt;");
            else to.Append(c);
        }
    }

    private static void Literal(StringBuilder marked, string name, ReadOnlySpan<char> content)
    {
        var code = content.Trim("\r\n");
        var block = name == "pre" || code.Contains('\n');
        if (code.StartsWith("<code>", StringComparison.OrdinalIgnoreCase)) code = code[6..];
        if (code.EndsWith("</code>", StringComparison.OrdinalIgnoreCase)) code = code[..^7];
        marked.Append(block ? "<pre><code>" : "<code>");
        Escape(marked, code);
        marked.Append(block ? "</code></pre>" : "</code>");
    }
}
