using System.Buffers.Binary;

namespace Broadsheet.Web.MediaStore;

/// <summary>Width and height from a picture's head: JPEG, PNG, GIF, WebP. Nothing is decoded.</summary>
internal static class PictureSize
{
    /// <returns>In pixels; null where it cannot be told.</returns>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> head)
    {
        var size = head.Length < 30 ? (0, 0)
            : head.StartsWith("\x89PNG"u8) || (head[0] == 0x89 && head[1..].StartsWith("PNG"u8)) ? (Big32(head[16..]), Big32(head[20..]))
            : head.StartsWith("GIF8"u8) ? (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]))
            : head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? OfWebP(head)
            : head[0] == 0xFF && head[1] == 0xD8 ? OfJpeg(head)
            : (0, 0);
        return size is ( > 0 and <= 1_000_000, > 0 and <= 1_000_000) ? size : null;
    }

    private static int Big32(ReadOnlySpan<byte> bytes) => (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(bytes));

    private static (int, int) OfWebP(ReadOnlySpan<byte> head)
    {
        if (head[12..].StartsWith("VP8X"u8)) return (1 + (head[24] | head[25] << 8 | head[26] << 16), 1 + (head[27] | head[28] << 8 | head[29] << 16));
        if (head[12..].StartsWith("VP8L"u8) && BinaryPrimitives.ReadUInt32LittleEndian(head[21..]) is var bits) return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
        return head[12..].StartsWith("VP8 "u8) ? (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & 0x3FFF) : (0, 0);
    }

    /// <summary>Goes from segment to segment to the frame header.</summary>
    private static (int, int) OfJpeg(ReadOnlySpan<byte> head)
    {
        for (var at = 2; at + 9 < head.Length && head[at] == 0xFF;)
        {
            var marker = head[at + 1];
            if (marker == 0xFF) { at++; continue; }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return (BinaryPrimitives.ReadUInt16BigEndian(head[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(head[(at + 5)..]));
            at += 2 + (marker is >= 0xD0 and <= 0xD9 ? 0 : Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(head[(at + 2)..])));
        }
        return (0, 0);
    }
}
