using Broadsheet.Core;
using Broadsheet.Web.MediaStore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>What may come in: pictures, sounds, films and PDF. Its first bytes say what a file is, never its name.</summary>
internal sealed record UploadType(string MimeType, string Extension)
{
    private static readonly UploadType[] Taken =
    [
        new("image/jpeg", "jpg"), new("image/png", "png"), new("image/gif", "gif"), new("image/webp", "webp"), new("image/avif", "avif"),
        new("audio/mpeg", "mp3"), new("audio/ogg", "ogg"), new("audio/mp4", "m4a"), new("video/mp4", "mp4"), new("video/webm", "webm"), new("application/pdf", "pdf"),
    ];

    public bool IsPicture => MimeType.StartsWith("image/", StringComparison.Ordinal);

    /// <param name="name">For the message only.</param>
    public static Outcome<UploadType> Of(ReadOnlySpan<byte> head, string name)
    {
        // Without an ending, so that none is believed.
        var type = MediaType.Of(head, "upload");
        if (Array.Find(Taken, t => t.MimeType == type) is { } taken) return taken;
        var isSvg = head.IndexOf("<svg"u8) >= 0;
        return new Problem("file", type switch
        {
            "text/html" or "image/svg+xml" when isSvg => $"“{name}” is an SVG drawing, whatever its name says. Those can carry programs, so they are not taken: export it as PNG.",
            "text/html" => $"“{name}” is a web page, whatever its name says. Those can carry programs, so they are not taken.",
            "image/heic" => $"“{name}” is a HEIC picture, which most browsers cannot show: export it as JPEG.",
            _ => $"“{name}” is not a kind of file that is taken here. Pictures (JPEG, PNG, GIF, WebP, AVIF), sounds (MP3, Ogg, M4A), films (MP4, WebM) and PDF are.",
        });
    }
}
