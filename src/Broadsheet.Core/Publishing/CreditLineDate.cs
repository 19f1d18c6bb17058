using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Publishing;

/// <summary>
/// A date as a credit line writes it: <c>February 20, 2020</c>, <c>Thursday, 20th Feb. 2020</c>, <c>20 février 2020</c>,
/// <c>20 de febrero de 2020</c>, <c>20.02.2020</c>, <c>2020-02-20</c>. Never <c>02/20/2020</c>, which two halves of the world read apart.
/// </summary>
internal static class CreditLineDate
{
    private const int MaxLength = 60;
    private static readonly string[] OneWordForms = ["yyyy-MM-dd", "yyyy/MM/dd", "d.M.yyyy", "dd.MM.yyyy"];

    /// <summary>Full names and usual short forms, without accents: English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Polish.</summary>
    private static readonly FrozenDictionary<string, int> Months = new[]
        {
            "january jan januar janner janvier janv enero ene gennaio gen janeiro januari stycznia",
            "february feb februar fevrier fevr fev febrero febbraio fevereiro februari lutego",
            "march mar marz mars marzo marco maart mrt marts marca",
            "april apr avril avr abril abr aprile kwietnia",
            "may mai mayo maggio mag maio mei maj maja",
            "june jun juni juin junio giugno giu junho czerwca",
            "july jul juli juillet juil julio luglio lug julho lipca",
            "august aug aout agosto ago augustus augusti sierpnia",
            "september sept sep septembre septiembre settembre set setembro wrzesnia",
            "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika",
            "november nov novembre noviembre novembro listopada",
            "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia",
        }
        .SelectMany((names, index) => names.Split(' ').Select(name => KeyValuePair.Create(name, index + 1)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Weekdays = (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
        + "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
        + "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
        + "lunedi martedi mercoledi giovedi venerdi sabato domenica segunda-feira terca-feira quarta-feira quinta-feira sexta-feira "
        + "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lordag sondag "
        + "mandag tisdag lordag poniedzialek wtorek sroda czwartek piatek sobota niedziela")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Particles = FrozenSet.Create(StringComparer.Ordinal, "de", "del", "do", "of", "den");

    /// <summary>Reads it when the text is a date and nothing else.</summary>
    public static bool TryRead(string text, out DateOnly date)
    {
        date = default;
        text = text.Trim();
        if (text.Length is < 6 or > MaxLength) return false;
        if (DateOnly.TryParseExact(text, OneWordForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out date)) return IsPlausible(date.Year);

        var words = Fold(text).Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count > 3 && Weekdays.Contains(words[0].TrimEnd('.'))) words.RemoveAt(0);
        words.RemoveAll(Particles.Contains);
        if (words.Count != 3 || words[2].Length != 4 || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return false;
        var (month, day) = MonthOf(words[0]) is > 0 and var first ? (first, DayOf(words[1])) : (MonthOf(words[1]), DayOf(words[0]));
        if (month == 0 || day == 0 || !IsPlausible(year) || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    private static bool IsPlausible(int year) => year is >= 1900 and <= 2100;

    /// <summary>1 to 12, of a name in any of the languages above, in any case; 0 when it is none.</summary>
    internal static int MonthOf(string word) => Months.GetValueOrDefault(Fold(word).TrimEnd('.'));

    /// <summary>0 for no day of a month.</summary>
    private static int DayOf(string word)
    {
        var digits = word.AsSpan();
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        var suffix = end < 0 ? "" : word[end..];
        if (suffix is not ("" or "." or "st" or "nd" or "rd" or "th" or "er" or "o" or "º" or "°")) return 0;
        digits = end < 0 ? digits : digits[..end];
        return digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var day) ? day : 0;
    }

    /// <summary>Lower case without accents.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            folded.Append(char.IsWhiteSpace(c) ? ' ' : c is 'ø' or 'Ø' ? 'o' : c is 'ł' or 'Ł' ? 'l' : char.ToLowerInvariant(c));
        }

        return folded.ToString();
    }
}
