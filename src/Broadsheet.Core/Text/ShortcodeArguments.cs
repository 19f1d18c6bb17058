namespace Broadsheet.Core.Text;

/// <summary>The arguments of a shortcode: <c>name="value"</c>, <c>name='value'</c>, <c>name=value</c>, and values without a name.</summary>
internal sealed class ShortcodeArguments
{
    private readonly Dictionary<string, string> _named = new(StringComparer.OrdinalIgnoreCase);

    public List<string> Values { get; } = [];

    /// <summary>Empty when it is not given.</summary>
    public string this[string name] => _named.GetValueOrDefault(name, "");

    public static ShortcodeArguments Parse(ReadOnlySpan<char> text)
    {
        var arguments = new ShortcodeArguments();
        // [youtube=https://…]
        if (text.StartsWith("=", StringComparison.Ordinal))
        {
            arguments.Add("", text[1..].Trim());
            return arguments;
        }

        var at = 0;
        while (true)
        {
            while (at < text.Length && (MarkupScanner.IsSpace(text[at]) || text[at] == '\u00A0')) at++;
            if (at >= text.Length) return arguments;
            var from = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-')) at++;
            var name = text[from..at];
            if (at < text.Length && text[at] == '=' && name.Length > 0) at++;
            else
            {
                at = from;
                name = default;
            }

            var value = Value(text, ref at);
            arguments.Add(name, value);
        }
    }

    private static ReadOnlySpan<char> Value(ReadOnlySpan<char> text, ref int at)
    {
        if (at < text.Length && text[at] is '"' or '\'')
        {
            var length = text[(at + 1)..].IndexOf(text[at]);
            if (length >= 0)
            {
                var quoted = text.Slice(at + 1, length);
                at += length + 2;
                return quoted;
            }
        }

        var from = at;
        while (at < text.Length && !MarkupScanner.IsSpace(text[at])) at++;
        return text[from..at].Trim("\"'");
    }

    private void Add(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        var decoded = PlainText.Decode(value.ToString());
        if (name.IsEmpty) Values.Add(decoded);
        else _named.TryAdd(name.ToString(), decoded);
    }
}
