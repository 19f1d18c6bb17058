using Broadsheet.Core;
using NetVips;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>A picture made ready for readers.</summary>
/// <param name="Thumbnail">A small copy; null for a picture that is small itself.</param>
internal sealed record PreparedPicture(byte[] Bytes, int Width, int Height, byte[]? Thumbnail);

/// <summary>
/// Decodes a picture and writes it anew: upright, at most 2,560 pixels a side, without what the camera noted (place, owner, device),
/// and without anything that hid behind the pixels. Only its colour profile is kept.
/// </summary>
internal static class PreparePicture
{
    public const int MaxSide = 2_560;

    /// <summary>Pixels of all frames together. A few kilobytes can unpack into more than a machine has.</summary>
    public const long MaxPixels = 150_000_000;

    /// <param name="type">By content; decides which decoder reads it, so that none other ever does.</param>
    public static Outcome<PreparedPicture> From(byte[] bytes, string type)
    {
        try
        {
            using var read = Open(bytes, type);
            if ((long)read.Width * read.Height > MaxPixels) return new Problem("file", $"This picture has {(long)read.Width * read.Height / 1_000_000} million pixels; up to {MaxPixels / 1_000_000} million fit.");
            var frames = read.Contains("n-pages") ? (int)read.Get("n-pages") : 1;
            // A moving picture keeps its size: its frames stand one below the other, and turning or scaling would mix them.
            using var upright = frames > 1 ? read.Copy() : read.Autorot();
            using var fitting = frames == 1 && Math.Max(upright.Width, upright.Height) > MaxSide ? upright.ThumbnailImage(MaxSide, height: MaxSide, size: Enums.Size.Down) : upright.Copy();
            var saved = Save(fitting, type);
            return new PreparedPicture(saved, fitting.Width, frames > 1 ? fitting.PageHeight : fitting.Height, Thumbnail(saved, type, fitting.Width));
        }
        catch (VipsException)
        {
            return new Problem("file", "This picture is damaged: it could not be read to its end.");
        }
    }

    private static byte[]? Thumbnail(byte[] saved, string type, int width)
    {
        if (width <= MediaSnippet.ThumbnailWidth) return null;
        using var first = Open(saved, type, onlyFirst: true);
        using var small = first.ThumbnailImage(MediaSnippet.ThumbnailWidth, height: 100_000, size: Enums.Size.Down);
        return Save(small, type);
    }

    private static Image Open(byte[] bytes, string type, bool onlyFirst = false)
    {
        int? frames = onlyFirst ? null : -1;
        return type switch
        {
            "image/jpeg" => Image.JpegloadBuffer(bytes, failOn: Enums.FailOn.Error),
            "image/png" => Image.PngloadBuffer(bytes, failOn: Enums.FailOn.Error),
            "image/gif" => Image.GifloadBuffer(bytes, n: frames, failOn: Enums.FailOn.Error),
            "image/webp" => Image.WebploadBuffer(bytes, n: frames, failOn: Enums.FailOn.Error),
            "image/avif" => Image.HeifloadBuffer(bytes, failOn: Enums.FailOn.Error),
            _ => throw new ArgumentException($"{type} is no picture that is taken here.", nameof(type)),
        };
    }

    private static byte[] Save(Image image, string type) => type switch
    {
        "image/jpeg" => image.JpegsaveBuffer(q: 86, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.Icc),
        "image/png" => image.PngsaveBuffer(keep: Enums.ForeignKeep.Icc),
        "image/gif" => image.GifsaveBuffer(keep: Enums.ForeignKeep.None),
        "image/webp" => image.WebpsaveBuffer(q: 84, keep: Enums.ForeignKeep.Icc),
        _ => image.HeifsaveBuffer(q: 60, compression: Enums.ForeignHeifCompression.Av1, effort: 3, keep: Enums.ForeignKeep.Icc),
    };
}
