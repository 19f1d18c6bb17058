namespace Broadsheet.Web.MediaStore;

/// <summary>Whether a picture of a type that has smaller copies moves, and so has none. From its head: nothing is decoded.</summary>
internal static class MovingPicture
{
    /// <param name="head">Up to <see cref="StoredFile.HeadLength"/> bytes.</param>
    /// <param name="type">By content.</param>
    public static bool Is(ReadOnlySpan<byte> head, string type) => type switch
    {
        // The animation flag of the extended header (WebP container, "Extended File Format").
        RasterPicture.WebP => head.Length > 20 && head[12..].StartsWith("VP8X"u8) && (head[20] & 0x02) != 0,
        // Before its first pixels (PNG, third edition, §11.3.6.1).
        "image/png" => head.IndexOf("acTL"u8) is >= 0 and var at && head[..at].IndexOf("IDAT"u8) < 0,
        // A sequence, by its brand (AVIF, §6.3).
        RasterPicture.Avif => head.Length > 12 && head[4..].StartsWith("ftypavis"u8),
        _ => false,
    };
}
