using Broadsheet.Core.Text;
using NetVips;

namespace Broadsheet.Web.MediaStore;

/// <summary>Makes smaller copies of a picture: upright, in sRGB, without what the camera noted.</summary>
internal static class RasterPicture
{
    public const string Avif = "image/avif";
    public const string WebP = "image/webp";

    /// <summary>A few kilobytes can unpack into more than a machine has.</summary>
    private const long MaxPixels = 150_000_000;

    /// <summary>Width and height of the upright picture, from its head: nothing is decoded.</summary>
    /// <param name="type">By content; decides which decoder reads it, so that none other ever does.</param>
    /// <returns>Null for what has no renditions: a picture that moves, is too large, or cannot be read.</returns>
    public static (int Width, int Height)? SizeOf(string file, string type)
    {
        if (!Rendition.AreMadeOf(type)) return null;
        try
        {
            using var head = Open(file, type, 1);
            if ((long)head.Width * head.Height > MaxPixels || (head.Contains("n-pages") && (int)head.Get("n-pages") > 1) || IsMovingPng(file, type)) return null;
            return head.Contains("orientation") && (int)head.Get("orientation") is >= 5 and <= 8 ? (head.Height, head.Width) : (head.Width, head.Height);
        }
        catch (VipsException)
        {
            return null;
        }
    }

    /// <param name="size">Of the upright picture (<see cref="SizeOf"/>).</param>
    /// <param name="format">A media type.</param>
    /// <exception cref="VipsException">The picture is damaged.</exception>
    public static byte[] Make(string file, string type, (int Width, int Height) size, Rendition rendition, string format)
    {
        var times = Math.Min((double)size.Width / rendition.Width, (double)size.Height / rendition.Height);
        using var read = Open(file, type, Shrink(times));
        using var upright = read.Autorot();
        using var small = upright.ThumbnailImage(rendition.Width, height: rendition.Height, size: rendition.IsCrop ? Enums.Size.Both : Enums.Size.Force, crop: rendition.IsCrop ? Enums.Interesting.Centre : null, outputProfile: "srgb");
        return Save(small, format);
    }

    /// <summary>A JPEG decodes into an eighth, a quarter or half for less work. Twice the wanted size is left for a good reduction.</summary>
    private static int Shrink(double times) => times switch { >= 16 => 8, >= 8 => 4, >= 4 => 2, _ => 1 };

    /// <summary>Anew each time: libvips would remember what lay under this name before.</summary>
    private static Image Open(string file, string type, int shrink) => type switch
    {
        "image/jpeg" => Image.Jpegload(file, shrink: shrink, failOn: Enums.FailOn.Error, revalidate: true),
        "image/png" => Image.Pngload(file, failOn: Enums.FailOn.Error, revalidate: true),
        WebP => Image.Webpload(file, failOn: Enums.FailOn.Error, revalidate: true),
        Avif => Image.Heifload(file, failOn: Enums.FailOn.Error, revalidate: true),
        _ => throw new ArgumentException($"{type} has no renditions.", nameof(type)),
    };

    private static byte[] Save(Image image, string format) => format switch
    {
        "image/jpeg" => image.JpegsaveBuffer(q: 82, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.None),
        "image/png" => image.PngsaveBuffer(keep: Enums.ForeignKeep.None),
        WebP => image.WebpsaveBuffer(q: 80, smartSubsample: true, keep: Enums.ForeignKeep.None),
        _ => image.HeifsaveBuffer(q: 55, compression: Enums.ForeignHeifCompression.Av1, effort: 3, keep: Enums.ForeignKeep.None),
    };

    /// <summary>The decoder of PNG knows the first frame only.</summary>
    private static bool IsMovingPng(string file, string type)
    {
        if (type != "image/png") return false;
        using var stream = File.OpenRead(file);
        var head = new byte[Math.Min(StoredFile.HeadLength, stream.Length)];
        stream.ReadExactly(head);
        return MovingPicture.Is(head, type);
    }
}
