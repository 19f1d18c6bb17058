using System.Globalization;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>The texts of one element's children by key; of two with the same name the first counts, as in WordPress.</summary>
internal sealed class WxrFields(Queue<WxrRecord> notes)
{
    private readonly Dictionary<string, (string Text, int Line)> _texts = new(StringComparer.Ordinal);
    private HashSet<string>? _warned;

    public List<WxrMeta> Meta { get; private set; } = [];

    public void Clear()
    {
        _texts.Clear();
        _warned = null;
        Meta = [];
    }

    public void Add(string key, string text, int line)
    {
        if (!_texts.TryAdd(key, (text, line)) && text != _texts[key].Text)
            notes.Enqueue(new WxrWarning(line, $"a second {key} is ignored"));
    }

    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>As it stands.</summary>
    public string Text(string key) => _texts.TryGetValue(key, out var found) ? found.Text : "";

    /// <summary>Without white space around it: names, states, addresses.</summary>
    public string Word(string key) => Text(key).Trim();

    /// <summary>Null when missing, empty or (with a warning) not a number.</summary>
    public long? Number(string key)
    {
        var word = Word(key);
        if (word.Length == 0) return null;
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Warn(key, "is not a number");
        return null;
    }

    /// <summary>A reference to another record: null for 0 and below.</summary>
    public long? Reference(string key) => Number(key) is > 0 and var number ? number : null;

    /// <summary>An id: null, with a warning, when not above 0.</summary>
    public long? Id(string key)
    {
        var number = Number(key);
        if (number is not <= 0) return number;
        Warn(key, "is not above 0");
        return null;
    }

    public DateTime? Local(string key)
    {
        if (WxrDates.TryLocal(Word(key), out var date)) return date;
        Warn(key, "is not a date");
        return null;
    }

    public DateTimeOffset? Utc(string key) =>
        Local(key) is { } date ? new DateTimeOffset(date, TimeSpan.Zero) : null;

    public DateTimeOffset? Rfc822(string key)
    {
        if (WxrDates.TryRfc822(Word(key), out var date)) return date;
        Warn(key, "is not a date");
        return null;
    }

    private void Warn(string key, string what)
    {
        _warned ??= new(StringComparer.Ordinal);
        if (!_warned.Add(key)) return;
        notes.Enqueue(new WxrWarning(_texts[key].Line, $"{key} \"{Shown(Word(key))}\" {what}: left empty"));
    }

    private static string Shown(string word) =>
        string.Concat((word.Length > 40 ? word[..40] + "…" : word).Select(c => char.IsControl(c) ? ' ' : c));
}
