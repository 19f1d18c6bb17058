using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>What a comment says by the beginnings of its lines: quotes (<c>&gt;</c>) and fenced code (<c>```</c>).</summary>
internal static class CommentLines
{
    private const int MaxQuotes = 5;

    /// <summary>Marks quotes and code. The text between is read by <see cref="CommentCode"/> piece by piece: no code reaches over the end of a quote.</summary>
    public static string Mark(string written) =>
        written.Contains('>', StringComparison.Ordinal) || written.Contains("```", StringComparison.Ordinal) ? Mark(written, 0) : CommentCode.Mark(written);

    private static string Mark(string written, int depth)
    {
        var marked = new StringBuilder(written.Length + 64);
        var plain = new StringBuilder();
        var quote = new StringBuilder();
        var inFence = false;
        var inPre = false;
        foreach (var line in written.AsSpan().EnumerateLines())
        {
            if (!inFence && !inPre && depth < MaxQuotes && line.TrimStart(' ').StartsWith(">", StringComparison.Ordinal))
            {
                EndPlain(marked, plain);
                var inner = line.TrimStart(' ')[1..];
                quote.Append(inner.StartsWith(" ", StringComparison.Ordinal) ? inner[1..] : inner).Append('\n');
                continue;
            }

            EndQuote(marked, quote, depth);
            if (!inPre && IsFence(line, inFence))
            {
                EndPlain(marked, plain);
                marked.Append(inFence ? "</code></pre>\n" : "\n<pre><code>");
                inFence = !inFence;
                continue;
            }

            if (inFence) CommentCode.EscapeAll(marked, line);
            (inFence ? marked : plain.Append(line)).Append('\n');
            if (!inFence) inPre = StaysInPre(line, inPre);
        }

        EndQuote(marked, quote, depth);
        EndPlain(marked, plain);
        if (inFence) marked.Append("</code></pre>\n");
        return marked.ToString();
    }

    private static void EndPlain(StringBuilder marked, StringBuilder plain)
    {
        if (plain.Length == 0) return;
        marked.Append(CommentCode.Mark(plain.ToString()));
        plain.Clear();
    }

    private static void EndQuote(StringBuilder marked, StringBuilder quote, int depth)
    {
        if (quote.Length == 0) return;
        marked.Append("\n<blockquote>").Append(Mark(quote.ToString().Trim('\n'), depth + 1).Trim('\n')).Append("</blockquote>\n");
        quote.Clear();
    }

    private static bool IsFence(ReadOnlySpan<char> line, bool inFence)
    {
        var text = line.Trim();
        if (!text.StartsWith("```", StringComparison.Ordinal)) return false;
        var rest = text[3..].TrimStart('`');
        return inFence ? rest.IsEmpty : rest.IndexOfAny(" `<>") < 0;
    }

    // Lines within a written <pre> are not ours to read.
    private static bool StaysInPre(ReadOnlySpan<char> line, bool inPre)
    {
        var open = line.LastIndexOf("<pre", StringComparison.OrdinalIgnoreCase);
        var close = line.LastIndexOf("</pre", StringComparison.OrdinalIgnoreCase);
        return open > close || inPre && close < 0;
    }
}
