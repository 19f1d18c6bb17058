using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>
/// Dates as feeds write them: RFC 822 and its heirs with two-digit years, missing zones, names of zones, days and months in full, in other languages or in another order;
/// W3C-DTF down to the year alone; C's <c>asctime</c>. A time without a zone is taken as UTC.
/// </summary>
internal static partial class FeedDate
{
    private const int LongestDate = 100;
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    /// <summary>Hours east of Greenwich, by the names that are met in feeds; others count as UTC.</summary>
    private static readonly FrozenDictionary<string, double> Zones = (
            "EST -5 EDT -4 CST -6 CDT -5 MST -7 MDT -6 PST -8 PDT -7 AKST -9 AKDT -8 HST -10 AST -4 ADT -3 NST -3.5 NDT -2.5 BRT -3 ART -3 WET 0 "
            + "WEST 1 BST 1 CET 1 CEST 2 MET 1 MEST 2 EET 2 EEST 3 MSK 3 SAST 2 IST 5.5 PKT 5 SGT 8 HKT 8 AWST 8 KST 9 JST 9 ACST 9.5 AEST 10 AEDT 11 "
            + "NZST 12 NZDT 13 ET -5 CT -6 MT -7 PT -8")
        .Split(' ').Chunk(2).ToFrozenDictionary(static pair => pair[0], static pair => double.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    /// <summary>In UTC; null when it is no date.</summary>
    public static DateTimeOffset? Read(string? written)
    {
        if (written is null || written.Length > LongestDate) return null;
        written = written.Trim();
        return W3C().Match(written) is { Success: true } match ? OfW3C(match) : OfWords(written);
    }

    private static DateTimeOffset? OfW3C(Match match)
    {
        var month = Number(match, "month", 1);
        var day = Number(match, "day", 1);
        return Make(Number(match, "year", 0), month, day, Number(match, "hour", 0), Number(match, "minute", 0), Number(match, "second", 0), Offset(match.Groups["zone"].Value));
    }

    private static DateTimeOffset? OfWords(string written)
    {
        int year = 0, month = 0, day = 0;
        TimeSpan time = default, offset = default;
        foreach (var word in Words().Split(written).Where(static w => w.Length > 0))
        {
            if (Clock().Match(word) is { Success: true } clock) time = new TimeSpan(Number(clock, "hour", 0), Number(clock, "minute", 0), Number(clock, "second", 0));
            else if (ZoneOf(word) is { } zone) offset = zone;
            else if (word.All(char.IsAsciiDigit)) TakeNumber(int.Parse(word.Length > 4 ? "0" : word, CultureInfo.InvariantCulture), word.Length, ref day, ref year);
            else if (word is "PM" or "pm" && time.Hours is > 0 and < 12) time += TimeSpan.FromHours(12);
            else if (month == 0 && !word.Any(char.IsSurrogate)) month = CreditLineDate.MonthOf(word);
        }

        if (year is > 0 and < 100) year += year < 70 ? 2000 : 1900;
        return Make(year, month, day, (int)time.TotalHours, time.Minutes, time.Seconds, offset);
    }

    private static void TakeNumber(int number, int digits, ref int day, ref int year)
    {
        if (digits <= 2 && day == 0 && number is > 0 and <= 31) day = number;
        else if (year == 0) year = number;
        else if (day == 0) day = number;
    }

    private static TimeSpan? ZoneOf(string word)
    {
        if (word[0] is '+' or '-' && word.Length > 2) return Offset(word);
        if (word.StartsWith("GMT", StringComparison.OrdinalIgnoreCase) || word.StartsWith("UTC", StringComparison.OrdinalIgnoreCase)) return Offset(word[3..]);
        return Zones.TryGetValue(word, out var hours) ? TimeSpan.FromHours(hours) : word is "UT" or "Z" ? TimeSpan.Zero : null;
    }

    /// <summary><c>+05:30 -0500 +9</c>; nothing and <c>Z</c> are UTC.</summary>
    private static TimeSpan Offset(string zone)
    {
        if (zone.Length < 2 || zone[0] is not ('+' or '-')) return TimeSpan.Zero;
        var digits = string.Concat(zone.Where(char.IsAsciiDigit));
        if (digits.Length is 0 or > 4) return TimeSpan.Zero;
        if (digits.Length <= 2) digits += "00";
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        var span = TimeSpan.FromMinutes(number / 100 * 60 + number % 100);
        return span > TimeSpan.FromHours(14) ? TimeSpan.Zero : zone[0] == '-' ? -span : span;
    }

    /// <summary>A leap second and the hour 24 are the beginning of what follows.</summary>
    private static DateTimeOffset? Make(int year, int month, int day, int hour, int minute, int second, TimeSpan offset)
    {
        if (year is < FirstYear or > LastYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 24 || minute > 59 || second > 60) return null;
        return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).Add(new TimeSpan(hour, minute, second) - offset);
    }

    private static int Number(Match match, string group, int otherwise) => match.Groups[group] is { Success: true } g ? int.Parse(g.ValueSpan, CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@"^(?<year>\d{4})(?:-?(?<month>\d\d)(?:-?(?<day>\d\d))?)?(?:[Tt ]\s*(?<hour>\d\d):?(?<minute>\d\d)(?::?(?<second>\d\d)(?:[.,]\d+)?)?\s*(?<zone>[Zz]|GMT|UTC|[+-]\d\d?:?\d{0,2})?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex W3C();

    [GeneratedRegex(@"^(?<hour>\d{1,2})[:.](?<minute>\d{1,2})(?:[:.](?<second>\d{1,2})(?:[.,]\d+)?)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"[\s,]+|(?<=\d)-(?=\p{L})|(?<=\p{L})-(?=\d)|(?<=\d\d)(?=[+-]\d{2}:?\d{2}$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
