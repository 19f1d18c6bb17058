using System.Text;
using Microsoft.AspNetCore.StaticFiles;

namespace Broadsheet.Web.MediaStore;

/// <summary>What a file is by its first bytes. A name is only believed where the content has no say and nothing can come of it.</summary>
internal static class MediaType
{
    public const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider ByName = new();

    private static readonly (int At, byte[] Bytes, string Type)[] Signatures =
    [
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"), (0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        (0, "GIF87a"u8.ToArray(), "image/gif"), (0, "GIF89a"u8.ToArray(), "image/gif"), (0, "BM"u8.ToArray(), "image/bmp"), (0, [0, 0, 1, 0], "image/x-icon"),
        (0, "%PDF-"u8.ToArray(), "application/pdf"), (0, "ID3"u8.ToArray(), "audio/mpeg"), (0, "OggS"u8.ToArray(), "audio/ogg"), (0, "fLaC"u8.ToArray(), "audio/flac"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "video/webm"), (0, [0x1F, 0x8B], "application/gzip"), (0, "PK\x03\x04"u8.ToArray(), "application/zip"),
    ];

    /// <summary>Types that a browser may show in the publication's own name: they carry no script.</summary>
    public static bool IsShownInline(string type) =>
        type is "image/jpeg" or "image/png" or "image/gif" or "image/webp" or "image/avif" or "image/bmp" or "image/x-icon" or "application/pdf"
        || type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal);

    /// <param name="head">The beginning of the file, 512 bytes or more where it has them.</param>
    /// <param name="name">A name or path; only its ending counts.</param>
    public static string Of(ReadOnlySpan<byte> head, string name)
    {
        if (Container(head, name) is { } container) return container;
        foreach (var (at, bytes, type) in Signatures)
            if (head.Length >= at + bytes.Length && head.Slice(at, bytes.Length).SequenceEqual(bytes)) return type is "application/zip" ? Named(name, "application/") ?? type : type;
        if (head.Length > 1 && head[0] == 0xFF && (head[1] & 0xE6) == 0xE2) return "audio/mpeg";
        if (LooksLikeMarkup(head)) return name.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? "image/svg+xml" : "text/html";
        // An ending promises nothing that a browser would run or show; documents and texts are offered for download under their names.
        return Named(name, "application/") ?? Named(name, "text/") ?? Unknown;
    }

    /// <summary>RIFF and ISO media files say in their heads what they hold.</summary>
    private static string? Container(ReadOnlySpan<byte> head, string name)
    {
        if (head.Length < 12) return null;
        if (head.StartsWith("RIFF"u8)) return Encoding.Latin1.GetString(head.Slice(8, 4)) switch { "WEBP" => "image/webp", "WAVE" => "audio/wav", "AVI " => "video/x-msvideo", _ => null };
        if (!head[4..].StartsWith("ftyp"u8)) return null;
        return Encoding.Latin1.GetString(head.Slice(8, 4)) switch
        {
            "avif" or "avis" => "image/avif",
            "M4A " or "M4B " => "audio/mp4",
            "heic" or "heix" or "mif1" or "msf1" => "image/heic",
            "qt  " => "video/quicktime",
            _ => name.EndsWith(".m4a", StringComparison.OrdinalIgnoreCase) ? "audio/mp4" : "video/mp4",
        };
    }

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> head)
    {
        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 1_024)]);
        return text.Contains("<svg", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype", StringComparison.OrdinalIgnoreCase) || text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<?xml", StringComparison.OrdinalIgnoreCase) || text.Contains("<script", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Named(string name, string family) =>
        ByName.TryGetContentType(name, out var type) && type.StartsWith(family, StringComparison.Ordinal) && type is not ("application/javascript" or "application/xhtml+xml" or "application/xml" or "text/html" or "text/javascript" or "text/xml") ? type : null;
}
