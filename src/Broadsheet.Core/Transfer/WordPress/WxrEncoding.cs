using System.Text;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Tells a file's encoding from its first bytes (XML 1.0, appendix F) and says kindly when they are no XML at all.</summary>
internal static class WxrEncoding
{
    /// <summary>The encoding, and how many bytes its byte order mark takes.</summary>
    /// <exception cref="WxrFormatException">The bytes are of another kind of file, or name an encoding that is unknown.</exception>
    public static (Encoding Encoding, int MarkLength) Detect(ReadOnlySpan<byte> head, string fileName)
    {
        if (OtherFormat(head) is { } other)
            throw new WxrFormatException(fileName, new WxrError(0, 0, other));

        return head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
            [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            [not 0, 0, ..] => (Encoding.Unicode, 0),
            [0, not 0, ..] => (Encoding.BigEndianUnicode, 0),
            _ => (Declared(head, fileName), 0),
        };
    }

    private static string? OtherFormat(ReadOnlySpan<byte> head) => head switch
    {
        [] => "the file is empty",
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "this is a ZIP archive: unpack it and import the .xml files inside",
        [0x1F, 0x8B, ..] => "this is gzip-compressed: decompress it first (gzip -d)",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "this is bzip2-compressed: decompress it first (bzip2 -d)",
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "this is xz-compressed: decompress it first (xz -d)",
        [0x25, 0x50, 0x44, 0x46, ..] => "this is a PDF document, not a WordPress export",
        _ => null,
    };

    private static Encoding Declared(ReadOnlySpan<byte> head, string fileName)
    {
        var start = head.IndexOf("<?xml"u8);
        if (start < 0) return Encoding.UTF8;
        var rest = head[start..];
        var end = rest.IndexOf("?>"u8);
        var name = EncodingName(Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]));
        if (name is null) return Encoding.UTF8;

        // The declaration could be read as single bytes, so a claim of two or four bytes a character is wrong.
        if (name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || name.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ucs-", StringComparison.OrdinalIgnoreCase))
            return Encoding.UTF8;

        // WHATWG: what is declared as Latin 1 is Windows-1252; bytes 80 to 9F are typographic quotes there, nothing in Latin 1.
        if (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.Equals("latin1", StringComparison.OrdinalIgnoreCase))
            name = "windows-1252";

        return Find(name) ?? throw new WxrFormatException(fileName,
            new WxrError(1, 0, $"the encoding {Printable(name)} is not known"));
    }

    private static string? EncodingName(string declaration)
    {
        var at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0) return null;
        var quote = declaration.AsSpan(at).IndexOfAny('"', '\'');
        if (quote < 0) return null;
        var from = at + quote + 1;
        var to = declaration.IndexOf(declaration[from - 1], from);
        return to < 0 ? null : declaration[from..to].Trim();
    }

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Printable(string name) =>
        string.Concat(name.Take(40).Select(c => c is > ' ' and < '\x7f' ? c : '?'));
}
