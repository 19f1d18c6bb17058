using System.Globalization;
using System.Text;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>The parameters of a request, checked as they are read. What cannot be used is gathered, and told all at once.</summary>
internal sealed class ApiQuery(IQueryCollection query, ReaderSite site)
{
    /// <summary>Values of one list.</summary>
    private const int MaxList = 1_000;

    /// <summary>By parameter.</summary>
    public SortedDictionary<string, string> Problems { get; } = new(StringComparer.Ordinal);

    /// <returns>The last value given; null where there is none or it is empty.</returns>
    public string? Text(string name) => query[name] is { Count: > 0 } values && values[^1] is { Length: > 0 } text && IsWritten(name, text) ? text : null;

    public bool Has(string name) => query.ContainsKey(name);

    public int Integer(string name, int fallback, int min, int max)
    {
        if (Text(name) is not { } text) return fallback;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Problems[name] = max == int.MaxValue ? $"{name} must be a whole number from {min}." : $"{name} must be a whole number from {min} to {max}.";
        return fallback;
    }

    public bool? Flag(string name)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null: return null;
            case "1" or "true": return true;
            case "0" or "false": return false;
            default:
                Problems[name] = $"{name} must be true or false.";
                return null;
        }
    }

    public string Choice(string name, string fallback, params ReadOnlySpan<string> allowed)
    {
        if (Text(name) is not { } text) return fallback;
        if (allowed.Contains(text)) return text;
        Problems[name] = $"{name} must be one of: {string.Join(", ", allowed.ToArray())}.";
        return fallback;
    }

    /// <returns>Null where the parameter is not given or is empty.</returns>
    public List<long>? Ids(string name)
    {
        if (Words(name) is not { } words) return null;
        var ids = new List<long>(words.Count);
        foreach (var word in words)
        {
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) ids.Add(id);
            else Problems[name] = $"{name} must be a list of whole numbers.";
        }
        return ids;
    }

    /// <summary>A list as <c>a,b</c>, as <c>name[]=a&amp;name[]=b</c> or as <c>name[0]=a</c>.</summary>
    /// <returns>Null where the parameter is not given or is empty.</returns>
    public List<string>? Words(string name)
    {
        List<string>? words = null;
        foreach (var (key, values) in query)
        {
            if (!IsOf(key, name)) continue;
            foreach (var value in values)
                if (value is not null && IsWritten(name, value)) (words ??= []).AddRange(value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        if (words?.Count > MaxList)
        {
            Problems[name] = $"{name} may list {MaxList} values.";
            words.RemoveRange(MaxList, words.Count - MaxList);
        }
        return words is { Count: > 0 } ? words : null;
    }

    /// <summary>A moment by the publication's clocks: ISO 8601 without an offset is local already.</summary>
    public DateTime? Local(string name)
    {
        if (Text(name) is not { } text) return null;
        // A plus sign that was not escaped comes as a blank.
        if (text.Contains('T', StringComparison.Ordinal)) text = text.Replace(' ', '+');
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && moment.Year is > 1_000 and < 9_000)
            return moment.Kind == DateTimeKind.Unspecified ? moment : site.Publication.Local(instant);
        Problems[name] = $"{name} must be a date and time such as 2020-02-20T12:00:00.";
        return null;
    }

    /// <summary>As <see cref="Local"/>, as an instant.</summary>
    public DateTimeOffset? Instant(string name) => Local(name) is { } local ? new DateTimeOffset(local, site.Publication.Zone.GetUtcOffset(local)).ToUniversalTime() : null;

    /// <summary>The query with another page, for links: every other parameter stays.</summary>
    public string WithPage(int page)
    {
        var text = new StringBuilder();
        foreach (var (key, values) in query)
        {
            if (key is "page" or RestRoute.Key) continue;
            foreach (var value in values) text.Append(text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value ?? ""));
        }
        return string.Create(CultureInfo.InvariantCulture, $"{text}{(text.Length == 0 ? '?' : '&')}page={page}");
    }

    /// <summary>No text holds the character NUL, and PostgreSQL takes none.</summary>
    private bool IsWritten(string name, string text)
    {
        if (!text.Contains('\0', StringComparison.Ordinal)) return true;
        Problems[name] = $"{name} holds a character that no text has.";
        return false;
    }

    private static bool IsOf(string key, string name) => key == name
        || (key.Length > name.Length + 1 && key.StartsWith(name, StringComparison.Ordinal) && key[name.Length] == '[' && key[^1] == ']' && key.AsSpan(name.Length + 1, key.Length - name.Length - 2).TrimStart("0123456789").IsEmpty);
}
