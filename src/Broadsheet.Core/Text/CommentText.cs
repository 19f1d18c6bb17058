using System.Collections.Frozen;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Turns what a reader wrote into what is shown.</summary>
public static class CommentText
{
    /// <summary>Counts up whenever <see cref="Render"/> or <see cref="RenderImported"/> would show something else than before.</summary>
    public const int RendererVersion = 3;

    private static readonly TidyOptions New = new(MarkupPolicy.Commenter, ShowUnknown: true);
    private static readonly TidyOptions Imported = new(MarkupPolicy.Commenter);

    /// <summary>
    /// For comments written here: blank lines part paragraphs, single newlines break lines; the tags of
    /// <see cref="MarkupRights.Commenter"/>; <c>&gt;</c> quotes, <c>`code`</c>, fenced code, <c>*emphasis*</c>, <c>**strong**</c>; bare web
    /// addresses become links; quotes and dashes are set by the language. Unknown tags are shown as written.
    /// </summary>
    /// <param name="written">As the reader wrote it; may be hostile.</param>
    /// <param name="language">BCP 47 tag of the publication; English typography for one that is not known.</param>
    public static SafeHtml Render(string written, string language = "en")
    {
        var text = Normalise(written);
        if (text.Length == 0) return SafeHtml.Empty;
        var markup = CommentLines.Mark(text);
        markup = Paragraphs.Of(RunningText.Of(markup, new RunningTextOptions(QuoteMarks.For(language), Links: true, Emphasis: true)));
        // Without these two letters the reader wrote no markup: all of it is ours, balanced and escaped.
        return Directed(text.AsSpan().IndexOfAny('<', '&') < 0 ? new SafeHtml(markup) : Sanitiser.Clean(markup, New, FrozenSet<string>.Empty, null).Html, language);
    }

    /// <summary>For comments that WordPress stored: its paragraphs, typography and links, without the marks of <see cref="Render"/>.</summary>
    /// <param name="stored">The column <c>comment_content</c>: HTML without paragraphs.</param>
    /// <param name="language">BCP 47 tag of the publication; English typography for one that is not known.</param>
    public static SafeHtml RenderImported(string stored, string language = "en")
    {
        var text = Normalise(stored);
        if (text.Length == 0) return SafeHtml.Empty;
        var markup = Paragraphs.Of(RunningText.Of(text, new RunningTextOptions(QuoteMarks.For(language), Links: true)));
        return Directed(text.AsSpan().IndexOfAny('<', '&') < 0 ? new SafeHtml(markup) : Sanitiser.Clean(markup, Imported, FrozenSet<string>.Empty, null).Html, language);
    }

    private static SafeHtml Directed(SafeHtml html, string language) => BlockDirections.Mark(html, WritingDirection.IsRightToLeft(language));

    /// <summary>One kind of newline, no control characters, no half characters; cut at the sanitiser's limit.</summary>
    private static string Normalise(string written)
    {
        if (written.Length > Sanitiser.MaxLength) written = written[..Sanitiser.MaxLength];
        var odd = false;
        foreach (var c in written)
        {
            if (IsOrdinary(c)) continue;
            odd = true;
            break;
        }

        if (!odd) return written.Trim();
        var text = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var c = written[i];
            if (c == '\r') text.Append(i + 1 < written.Length && written[i + 1] == '\n' ? "" : "\n");
            else if (IsOrdinary(c)) text.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < written.Length && char.IsLowSurrogate(written[i + 1])) text.Append(c).Append(written[++i]);
            else if (char.IsSurrogate(c)) text.Append('\uFFFD');
            else if (c == '\u00A0') text.Append(' ');
        }

        return text.ToString().Trim();
    }

    private static bool IsOrdinary(char c) => c is '\n' or '\t' || !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\u00A0' or '\uFFFE' or '\uFFFF');
}
