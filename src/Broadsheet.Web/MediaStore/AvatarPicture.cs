using System.Globalization;
using Broadsheet.Core;
using NetVips;

namespace Broadsheet.Web.MediaStore;

/// <summary>
/// Draws somebody's picture anew: square, small, upright, without what the camera noted. What comes from outside is never passed on, and only what is
/// plainly a picture of a sensible size is decoded.
/// </summary>
internal static class AvatarPicture
{
    public const int MaxSide = 8_192;

    /// <summary>Some pictures are unpacked whole before they are made smaller: in a 16-bit PNG a pixel is eight bytes.</summary>
    private const long MaxPixels = 52_000_000;

    private const string Kinds = "JPEG, PNG, GIF and WebP pictures are taken";

    /// <param name="side">Of the square that is made, in pixels.</param>
    /// <returns>WebP; or what is wrong with the file (field <c>picture</c>).</returns>
    public static Outcome<byte[]> Draw(byte[] file, int side, PictureCut cut)
    {
        var type = MediaType.Of(file, "");
        if (type is not ("image/jpeg" or "image/png" or "image/gif" or "image/webp")) return Wrong($"This is no picture of a kind that is taken here: {Kinds}.");
        if (PictureSize.Of(file) is not { } said) return Wrong("This picture is damaged: it does not say how large it is.");
        if (TooLarge(said.Width, said.Height) is { } large) return large;
        try
        {
            var (width, height) = Upright(file);
            if (TooLarge(width, height) is { } larger) return larger;
            return Cut(file, side, cut.In(width, height), width, height);
        }
        catch (VipsException)
        {
            return Wrong("This picture is damaged: it could not be read to its end.");
        }
    }

    /// <summary>The whole picture is made so small that the square has its size, which decoders do while they read; then the square is taken out.</summary>
    private static byte[] Cut(byte[] file, int side, PictureSquare square, int width, int height)
    {
        var times = (double)side / square.Size;
        var (smallWidth, smallHeight) = (Scaled(width), Scaled(height));
        // In the loader's own words: "failOn" does not reach it from here (libvips 8.18), and half a picture would do.
        using var small = Image.ThumbnailBuffer(file, smallWidth, optionString: "[fail_on=error]", height: smallHeight, size: Enums.Size.Force, outputProfile: "srgb");
        using var kept = small.ExtractArea(Math.Min((int)(square.X * times), small.Width - side), Math.Min((int)(square.Y * times), small.Height - side), side, side);
        return kept.WebpsaveBuffer(q: 82, keep: Enums.ForeignKeep.None);

        int Scaled(int length) => Math.Max(side, (int)Math.Round(length * times));
    }

    /// <summary>Read from the head, nothing decoded. A camera held upright notes that its picture is to be turned.</summary>
    private static (int Width, int Height) Upright(byte[] file)
    {
        using var head = Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        var isTurned = head.Contains("orientation") && (int)head.Get("orientation") is >= 5 and <= 8;
        return isTurned ? (head.Height, head.Width) : (head.Width, head.Height);
    }

    private static Problem? TooLarge(int width, int height) => width > MaxSide || height > MaxSide || (long)width * height > MaxPixels
        ? Wrong(string.Create(CultureInfo.InvariantCulture, $"This picture has {width:N0} × {height:N0} pixels; up to {MaxSide:N0} a side and {MaxPixels / 1_000_000} million together fit.")) : null;

    private static Problem Wrong(string message) => new("picture", message);
}
