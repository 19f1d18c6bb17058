using System.Globalization;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>The kinds of value that PHP's <c>serialize()</c> writes. An object is read as an array of its properties.</summary>
public enum PhpKind
{
    Null,
    Boolean,
    Integer,
    Float,
    Text,
    Array,
}

/// <summary>A PHP value. Asking for another kind than it has gives null, never an error; numbers and their texts convert as in PHP.</summary>
public sealed class PhpValue
{
    private readonly string? _text;
    private readonly double _number;
    private readonly long _integer;

    private PhpValue(PhpKind kind, string? text = null, long integer = 0, double number = 0)
    {
        Kind = kind;
        _text = text;
        _integer = integer;
        _number = number;
    }

    public static PhpValue Null { get; } = new(PhpKind.Null);

    public PhpKind Kind { get; }

    /// <summary>The entries of an array in their order, keys as texts; empty for every other kind.</summary>
    public IReadOnlyList<KeyValuePair<string, PhpValue>> Items { get; private init; } = [];

    /// <summary>The entry with that key (of two, the last, as in PHP), or null.</summary>
    public PhpValue? this[string key]
    {
        get
        {
            for (var i = Items.Count - 1; i >= 0; i--)
                if (Items[i].Key == key) return Items[i].Value;
            return null;
        }
    }

    /// <summary>A text, or a number as one.</summary>
    public string? Text => Kind switch
    {
        PhpKind.Text => _text,
        PhpKind.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        PhpKind.Float => _number.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>An integer, or a text that is one.</summary>
    public long? Integer => Kind switch
    {
        PhpKind.Integer => _integer,
        PhpKind.Text when long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A number, or a text that is one. May be infinite or not a number, as PHP's may.</summary>
    public double? Number => Kind switch
    {
        PhpKind.Integer => _integer,
        PhpKind.Float => _number,
        PhpKind.Text when double.TryParse(_text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    public bool? Boolean => Kind == PhpKind.Boolean ? _integer != 0 : null;

    internal static PhpValue Of(bool value) => new(PhpKind.Boolean, integer: value ? 1 : 0);
    internal static PhpValue Of(long value) => new(PhpKind.Integer, integer: value);
    internal static PhpValue Of(double value) => new(PhpKind.Float, number: value);
    internal static PhpValue Of(string value) => new(PhpKind.Text, value);
    internal static PhpValue Of(List<KeyValuePair<string, PhpValue>> items) => new(PhpKind.Array) { Items = items };
}
