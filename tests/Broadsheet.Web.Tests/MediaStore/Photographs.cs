using NetVips;

namespace Broadsheet.Web.Tests.MediaStore;

/// <summary>Real pictures.</summary>
internal static class Photographs
{
    /// <summary>A slope of colours with some grain.</summary>
    public static byte[] Of(int width, int height, string ending = "jpg")
    {
        using var slope = Image.Xyz(width, height).ExtractBand(0) * (200.0 / width) + Image.Gaussnoise(width, height, sigma: 9, mean: 20, seed: 7);
        using var colours = slope.Bandjoin(slope * 0.5, slope * 0.2).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return ending switch { "png" => colours.PngsaveBuffer(), "webp" => colours.WebpsaveBuffer(), "avif" => colours.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0), _ => colours.JpegsaveBuffer() };
    }

    /// <summary>Three frames of 800 × 600.</summary>
    public static byte[] Moving()
    {
        using var frame = Image.Black(800, 600, bands: 3);
        using var frames = Image.Arrayjoin([frame, frame + new double[] { 200, 10, 10 }, frame + new double[] { 10, 200, 10 }], across: 1).Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb).Mutate(m => { m.Set(GValue.GIntType, "page-height", 600); m.Set(GValue.ArrayIntType, "delay", new[] { 100, 100, 100 }); });
        return frames.WebpsaveBuffer();
    }

    /// <summary>The size that the content tells.</summary>
    public static (int Width, int Height) SizeOf(byte[] picture)
    {
        using var read = Image.NewFromBuffer(picture);
        return (read.Width, read.Height);
    }
}
