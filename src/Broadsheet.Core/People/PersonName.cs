using System.Globalization;
using System.Text;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.People;

/// <summary>The name that somebody is shown by: what it may be, and when two are the same to a reader's eye.</summary>
public static class PersonName
{
    /// <summary>In UTF-16 code units, of a name that somebody chooses here. What is imported may be longer.</summary>
    public const int MaxLength = 60;

    private static readonly string[] Reserved =
    [
        "admin", "administrator", "anonymous", "author", "bot", "contributor", "editor", "editorial team", "editors", "everyone", "former reader", "a former reader", "guest",
        "mod", "moderator", "moderators", "newsroom", "nobody", "null", "official", "owner", "root", "staff", "support", "system", "team", "the editors", "undefined", "webmaster",
    ];

    private static readonly HashSet<string> ReservedKeys = new(Reserved.SelectMany(Keys), StringComparer.Ordinal);

    private static readonly string[] Offices =
    [
        "admin", "administrator", "author", "bot", "chief", "columnist", "contributor", "correspondent", "desk", "editor", "editors", "editorial", "founder", "journalist", "mod", "mods", "moderator", "moderators",
        "newsroom", "official", "owner", "publisher", "reporter", "staff", "support", "team", "verified", "webmaster",
    ];

    /// <summary>Words that say what somebody is here, by both ways of looking: no reader's name has them beside one of the staff's, or nothing but them.</summary>
    private static readonly HashSet<string> OfficeKeys = new(Offices.SelectMany(Keys), StringComparer.Ordinal);

    /// <summary>Words that make no name another.</summary>
    private static readonly HashSet<string> Fillers = new(["a", "an", "and", "at", "deputy", "for", "from", "in", "managing", "news", "of", "our", "senior", "site", "the", "your"], StringComparer.Ordinal);

    private static readonly char[] Parting = [' ', '(', ')', '[', ']', '{', '}', '-', '–', '—', '|', '/', '\\', ',', ';', ':', '·', '•', '.', '_', '"', '“', '”', '!', '?', '*', '~', '#', '+', '&'];

    /// <summary>A name as it is kept: without what cannot be seen, single spaces.</summary>
    public static string Tidy(string name)
    {
        var tidy = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (tidy.Length > 0 && tidy[^1] != ' ') tidy.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) && !Unseen.Is(rune) || rune.Value is 0x200C or 0x200D or 0xFE0F) tidy.Append(rune);
        }
        return tidy.ToString().TrimEnd();
    }

    /// <summary>What is wrong with a name that somebody wishes, whoever else is here.</summary>
    /// <param name="tidy">See <see cref="Tidy"/>.</param>
    /// <param name="publication">The publication's title: nobody is called so.</param>
    /// <param name="isStaff">May be called as the publication or by an office.</param>
    public static Problem? Check(string tidy, string publication, bool isStaff)
    {
        if (tidy.Length is 0 or > MaxLength) return new Problem("name", $"Give a name of at most {MaxLength} characters.");
        if (tidy.EnumerateRunes().Count(r => Rune.IsLetterOrDigit(r) && !Unseen.Is(r)) < 2) return new Problem("name", "Give a name with two letters or digits at least.");
        if (StackedMarks(tidy)) return new Problem("name", "Give a name without so many signs above and below its letters.");
        if (tidy.Contains('@', StringComparison.Ordinal) || tidy.Contains("://", StringComparison.Ordinal)) return new Problem("name", "Give a name, not an address: readers see it.");
        if (!isStaff && (Keys(tidy).Any(ReservedKeys.Contains) || NamesOf(tidy) is not { } own || Same(own, NamesOf(publication) ?? publication) || Same(tidy, publication))) return new Problem("name", "This name is kept for the publication itself. Please choose another.");
        return null;
    }

    /// <summary>Whether a reader's name would pass for one of the staff's: the same to the eye, or the same with an office beside it.</summary>
    /// <param name="staff">The keys of the staff's names (<see cref="Keys"/>).</param>
    /// <param name="publication">The publication's title: beside a name it is as an office.</param>
    public static bool PassesForStaff(string name, IReadOnlySet<string> staff, string publication) =>
        Keys(name).Any(staff.Contains) || (NamesOf(name) is { } own && Keys(own).Any(staff.Contains))
        || (NamesOf(name, [.. Words(publication).SelectMany(Keys)]) is { } alone && Keys(alone).Any(staff.Contains));

    /// <summary>What is left of a name without offices, numbers and fillers.</summary>
    /// <param name="more">Keys of other words to leave out.</param>
    /// <returns>Null where nothing is but offices; the name itself where it has none of them.</returns>
    private static string? NamesOf(string name, IReadOnlyList<string>? more = null)
    {
        var words = Words(name);
        var names = words.Where(w => !Keys(w).Any(k => OfficeKeys.Contains(k) || more?.Contains(k, StringComparer.Ordinal) == true)).ToList();
        if (names.Count == words.Length && !words.Any(w => Fillers.Contains(SearchWords.Fold(w)))) return name;
        names.RemoveAll(w => Fillers.Contains(SearchWords.Fold(w)) || w.All(char.IsDigit));
        return names.Count > 0 ? string.Join(' ', names) : words.Length > 0 && words.All(w => Fillers.Contains(SearchWords.Fold(w))) ? name : null;
    }

    private static string[] Words(string name) => name.Split(Parting, StringSplitOptions.RemoveEmptyEntries);

    private static bool Same(string one, string other) => Keys(one).Any(k => Keys(other).Contains(k, StringComparer.Ordinal));

    /// <summary>Two names that share a key are the same to a reader: but for case, diacritics, spaces and signs; or by the looks of their letters (UTS 39).</summary>
    public static IReadOnlyList<string> Keys(string name)
    {
        var folded = $"f:{Letters(SearchWords.Fold(name))}";
        var looks = $"s:{Letters(SearchWords.Fold(Confusables.Skeleton(name)))}";
        return [folded, looks];
    }

    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (!Unseen.Is(rune) && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark or UnicodeCategory.LetterNumber)) letters.Append(rune);
        return letters.Length > 0 ? letters.ToString() : text.Trim();
    }

    private static bool StackedMarks(string text)
    {
        var run = 0;
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            run = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? run + 1 : 0;
            if (run > 3) return true;
        }
        return false;
    }
}
