using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// Reads what PHP's <c>serialize()</c> wrote: data only, no class is ever made. Lengths of texts count UTF-8 bytes; where a
/// passage through XML turned CR LF into LF, the length may count the lost CRs.
/// </summary>
public static class PhpSerialized
{
    /// <summary>Longer texts (in UTF-16 code units) are not read.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Arrays nested deeper are not read.</summary>
    public const int MaxDepth = 32;

    /// <returns>Null when damaged, too long, too deep, of a kind that is never data (a custom serialized object), or followed by something else.</returns>
    public static PhpValue? Read(string text)
    {
        if (text.Length is < 2 or > MaxLength) return null;
        var parser = new Parser(Encoding.UTF8.GetBytes(text));
        var value = parser.Value(0);
        return value is not null && parser.AtEnd ? value : null;
    }

    private ref struct Parser(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool AtEnd => _rest.IsEmpty;

        public PhpValue? Value(int depth)
        {
            if (_rest.Length < 2 || depth > MaxDepth) return null;
            var kind = _rest[0];
            if (kind == 'N')
            {
                _rest = _rest[1..];
                return Take(';') ? PhpValue.Null : null;
            }

            if (_rest[1] != ':') return null;
            _rest = _rest[2..];
            return kind switch
            {
                (byte)'b' => Long(';') is { } flag ? PhpValue.Of(flag != 0) : null,
                (byte)'i' => Long(';') is { } number ? PhpValue.Of(number) : null,
                (byte)'d' => Double() is { } number ? PhpValue.Of(number) : null,
                (byte)'s' or (byte)'E' => Text() is { } text && Take(';') ? PhpValue.Of(text) : null,
                (byte)'a' => Array(depth),
                (byte)'O' => Text() is not null && Take(':') ? Array(depth) : null,
                // A reference to a value before: rare in meta, and worth no more than its absence.
                (byte)'R' or (byte)'r' => Long(';') is null ? null : PhpValue.Null,
                _ => null,
            };
        }

        private PhpValue? Array(int depth)
        {
            if (Long(':') is not (>= 0 and var count) || !Take('{')) return null;
            var items = new List<KeyValuePair<string, PhpValue>>((int)Math.Min(count, 16));
            for (var i = 0L; i < count; i++)
            {
                if (Key() is not { } key || Value(depth + 1) is not { } value) return null;
                items.Add(new(key, value));
            }

            return Take('}') ? PhpValue.Of(items) : null;
        }

        private string? Key()
        {
            if (_rest.Length < 2 || _rest[1] != ':') return null;
            var kind = _rest[0];
            _rest = _rest[2..];
            if (kind == 'i') return Long(';')?.ToString(CultureInfo.InvariantCulture);
            return kind == 's' && Text() is { } text && Take(';') ? PropertyName(text) : null;
        }

        /// <summary>Private and protected properties are written as NUL class NUL name.</summary>
        private static string PropertyName(string key) => key.StartsWith('\0') ? key[(key.IndexOf('\0', 1) + 1)..] : key;

        /// <summary><c>5:"abcde"</c></summary>
        private string? Text()
        {
            if (Long(':') is not (>= 0 and <= int.MaxValue and var length) || !Take('"')) return null;
            var end = length < _rest.Length && _rest[(int)length] == '"' ? (int)length : EndWithoutReturns(length);
            if (end < 0) return null;
            var text = Encoding.UTF8.GetString(_rest[..end]);
            _rest = _rest[(end + 1)..];
            return text;
        }

        private readonly int EndWithoutReturns(long length)
        {
            for (int i = 0, counted = 0; i < _rest.Length; i++)
            {
                if (counted == length) return _rest[i] == '"' ? i : -1;
                if (counted > length) return -1;
                counted += _rest[i] == '\n' ? 2 : 1;
            }

            return -1;
        }

        private long? Long(char end)
        {
            var at = _rest.IndexOf((byte)end);
            if (at is <= 0 or > 20) return null;
            var digits = _rest[..at];
            if (!Utf8Parser.TryParse(digits, out long number, out var used) || used != at) return null;
            _rest = _rest[(at + 1)..];
            return number;
        }

        private double? Double()
        {
            var at = _rest.IndexOf((byte)';');
            if (at is <= 0 or > 400) return null;
            var word = Encoding.Latin1.GetString(_rest[..at]);
            _rest = _rest[(at + 1)..];
            return word switch
            {
                "INF" => double.PositiveInfinity,
                "-INF" => double.NegativeInfinity,
                "NAN" => double.NaN,
                _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            };
        }

        private bool Take(char expected)
        {
            if (_rest.IsEmpty || _rest[0] != expected) return false;
            _rest = _rest[1..];
            return true;
        }
    }
}
