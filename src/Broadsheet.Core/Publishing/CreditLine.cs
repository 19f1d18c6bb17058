using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Broadsheet.Core.Publishing;

/// <summary>
/// Finds the credit line with which publications that republish open a body: <c>The Wire | February 20, 2020</c>, plain,
/// linked or emphasised, alone in its paragraph or before a line break. Careful rather than eager: a line that could as well
/// be a dateline (<c>Berlin – 20 February 2020</c>) or a note (<c>Updated | …</c>) is none.
/// </summary>
public static class CreditLine
{
    private const int MaxOutletLength = 80;
    private const int MaxOutletWords = 10;

    /// <summary>How lines begin that date something else.</summary>
    private static readonly string[] Notes =
        ["updated", "update", "last", "published", "originally", "posted", "edited", "modified", "date", "dated", "written", "by", "on",
            "created", "reviewed", "released", "when", "week", "today", "deadline", "due", "part", "chapter", "day", "volume", "vol", "issue",
            "episode", "lesson", "season", "version", "source", "author", "tags", "category", "filed", "uncategorized",
            "first published", "first posted", "press release", "news release",
            "aktualisiert", "veröffentlicht", "stand", "publié", "mis à", "publicado", "actualizado", "pubblicato", "geplaatst"];

    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create("?!;:,\"“”„«»()[]{}<>=@#*…");

    /// <summary>Reads the credit line of a body.</summary>
    /// <param name="bodyHtml">A body as WordPress stores it: HTML, classic text with line breaks, or block comments.</param>
    /// <param name="credit">Outlet, date, the address and author where the line has them; terms unknown.</param>
    /// <param name="rest">The body without the line; the whole body when there is none.</param>
    public static bool TryRead(string bodyHtml, [NotNullWhen(true)] out SourceCredit? credit, out string rest)
    {
        credit = null;
        rest = bodyHtml;
        if (CreditLineOpening.Read(bodyHtml) is not { } opening || ReadParts(opening) is not { } parts) return false;
        var made = SourceCredit.Create(parts.Outlet, opening.Link, parts.Author, parts.Date);
        if (made.Problem is not null) return false;
        credit = made.Value;
        rest = opening.Rest;
        return true;
    }

    private sealed record Parts(string Outlet, string? Author, DateOnly Date);

    private static Parts? ReadParts(CreditLineOpening opening)
    {
        var bar = opening.Text.Contains('|', StringComparison.Ordinal);
        var parts = Split(opening.Text, bar);
        if (parts.Count is not (2 or 3)) return null;
        var outlet = parts[0];
        if (!CreditLineDate.TryRead(parts[^1], out var date)) return null;
        var author = parts.Count == 3 ? AuthorOf(parts[1]) : null;
        if (parts.Count == 3 && author is null) return null;
        var marked = opening.IsMarked(outlet.Length);
        return IsOutlet(outlet, marked, bar) ? new Parts(outlet, author, date) : null;
    }

    /// <summary>Bars part a line whatever stands around them; dashes and dots only between blanks.</summary>
    private static List<string> Split(string text, bool bar)
    {
        if (bar) return [.. text.Split('|').Select(p => p.Trim())];
        var (parts, start) = (new List<string>(), 0);
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] is not ('–' or '—' or '·' or '•') || text[i - 1] != ' ' || text[i + 1] != ' ') continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    private static string? AuthorOf(string part) =>
        part.StartsWith("By ", StringComparison.OrdinalIgnoreCase) && part.Length is > 4 and <= 80 && !HasSentence(part[3..])
            ? part[3..].Trim()
            : null;

    private static bool IsOutlet(string outlet, bool marked, bool bar)
    {
        if (outlet.Length is < 2 or > MaxOutletLength || HasSentence(outlet)) return false;
        var words = outlet.Split(' ');
        if (words.Length > MaxOutletWords || Notes.Any(note => $"{outlet} ".StartsWith(note + ' ', StringComparison.OrdinalIgnoreCase))) return false;
        if (!char.IsLetterOrDigit(outlet[0]) || !outlet.Any(char.IsLetter) || CreditLineDate.TryRead(outlet, out _)) return false;
        var named = outlet.Contains('.', StringComparison.Ordinal) || outlet.Any(c => char.IsLetter(c) && !char.IsLower(c));
        if (!named) return false;
        // Between dashes a place is as likely as a paper, unless something sets the name apart.
        return bar || marked || outlet.Contains('.', StringComparison.Ordinal)
            || (outlet.StartsWith("The ", StringComparison.Ordinal) && outlet != "The Hague");
    }

    /// <summary>Sentences have marks that names do not; a full stop within a name (<c>openPage.org</c>, <c>U.S. News</c>) is none.</summary>
    private static bool HasSentence(string text)
    {
        if (text.AsSpan().ContainsAny(SentenceMarks)) return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '.') continue;
            var ends = i + 1 == text.Length || text[i + 1] == ' ';
            var abbreviates = i >= 3 && char.IsUpper(text[i - 1]) && text[i - 2] == '.';
            if (ends && !abbreviates) return true;
        }

        return false;
    }
}
