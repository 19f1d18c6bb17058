using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>
/// Bytes to text by byte order mark, the answer's charset, the XML declaration, else UTF-8 (RFC 7303). What is wrong for the charset named
/// is tried as UTF-8 and then as Windows-1252, as browsers do: a feed with one stray byte is still read.
/// </summary>
internal static class FeedBytes
{
    private const int DeclarationWithin = 1024;

    /// <summary>What XML forbids, and the control characters 80 to 9F, which are Windows-1252's quotes and dashes in a false dress.</summary>
    private static readonly SearchValues<char> Unwanted = SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(static c => (char)c).Where(static c => !IsText(c) || c is >= '\x80' and <= '\x9F')]);

    private static readonly string Typographic = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString([.. Enumerable.Range(0x80, 0x20).Select(static b => (byte)b)]);

    /// <summary>What it is when it is certainly no feed.</summary>
    public static string? OtherKind(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] => "The feed is empty.",
        [0x1F, 0x8B, ..] => "It is a gzip file, not a feed.",
        [(byte)'P', (byte)'K', 3, 4, ..] => "It is a ZIP archive, not a feed.",
        [0x25, 0x50, 0x44, 0x46, ..] => "It is a PDF document, not a feed.",
        [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "It is a picture, not a feed.",
        _ => null,
    };

    /// <summary>Control characters that XML forbids are gone; line ends are as sent.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var (encoding, mark) = ByMark(bytes);
        bytes = bytes[mark..];
        var text = encoding is not null ? encoding.GetString(bytes) : WithoutMark(bytes, contentType);
        return Clean(text);
    }

    private static (Encoding? Encoding, int Length) ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (null, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [0x3C, 0, 0, 0, ..] => (Encoding.UTF32, 0),
        [0, 0, 0, 0x3C, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 0),
        [0x3C, 0, ..] => (Encoding.Unicode, 0),
        [0, 0x3C, ..] => (Encoding.BigEndianUnicode, 0),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => (Find("cp037"), 0),
        _ => (null, 0),
    };

    private static string WithoutMark(ReadOnlySpan<byte> bytes, string? contentType)
    {
        var named = Find(Charset(contentType)) ?? Find(Declared(bytes));
        if (named is { CodePage: not (65001 or 20127) } && Reads(named, bytes) is { } text) return text;
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Find("windows-1252")!.GetString(bytes);
    }

    private static string? Reads(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        var text = encoding.GetString(bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal) && Utf8.IsValid(bytes) ? null : text;
    }

    private static string? Charset(string? contentType)
    {
        var at = contentType?.IndexOf("charset=", StringComparison.OrdinalIgnoreCase) ?? -1;
        return at < 0 ? null : contentType![(at + 8)..].Split(';')[0].Trim(' ', '"', '\'');
    }

    private static string? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationWithin)]);
        var start = head.IndexOf("<?xml", StringComparison.Ordinal);
        var end = start < 0 ? -1 : head.IndexOf('>', start);
        var at = end < 0 ? -1 : head.IndexOf("encoding", start, end - start, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var value = head[(at + 8)..end].TrimStart(' ', '=', '\t', '\r', '\n');
        return value.Length > 1 && value[0] is '"' or '\'' && value.IndexOf(value[0], 1) is > 0 and var to ? value[1..to].Trim() : null;
    }

    private static Encoding? Find(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        // WHATWG: what calls itself Latin 1 is Windows-1252. And who can be read as single bytes is not of two or four bytes a character.
        if (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.Equals("latin1", StringComparison.OrdinalIgnoreCase)) name = "windows-1252";
        try
        {
            var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return encoding.CodePage is 1200 or 1201 or 12000 or 12001 or 65000 ? null : encoding;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny(Unwanted) < 0) return text;
        return string.Create(text.Count(static c => IsText(c)), text, static (to, from) =>
        {
            var at = 0;
            foreach (var c in from.Where(IsText)) to[at++] = c is >= '\x80' and <= '\x9F' ? Typographic[c - '\x80'] : c;
        });
    }

    private static bool IsText(char c) => c >= ' ' || c is '\t' or '\n' or '\r';
}
