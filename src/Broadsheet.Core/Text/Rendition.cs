using System.Globalization;

namespace Broadsheet.Core.Text;

/// <summary>A smaller copy of a picture, at one of WordPress's sizes.</summary>
/// <param name="Name">WordPress's word for the size: <c>medium_large</c>.</param>
/// <param name="Width">In pixels, below the original's.</param>
/// <param name="Height">In pixels.</param>
/// <param name="IsCrop">Cut from the middle to a fixed size; the others show the whole picture.</param>
public sealed record Rendition(string Name, int Width, int Height, bool IsCrop)
{
    private const int CropSide = 150;

    private static readonly (string Name, int Width)[] Widths = [("medium", 300), ("medium_large", 768), ("large", 1024), ("1536x1536", 1536), ("2048x2048", 2048)];

    /// <summary>Whether pictures of this type have renditions. A GIF stays as it is: it may move, and what does not is rarely large.</summary>
    public static bool AreMadeOf(string mimeType) => mimeType is "image/jpeg" or "image/png" or "image/webp" or "image/avif";

    /// <summary>The renditions of a picture of this size, narrowest first.</summary>
    public static IReadOnlyList<Rendition> Of(int width, int height)
    {
        var all = new List<Rendition>();
        if (width > CropSide && height > CropSide) all.Add(new Rendition("thumbnail", CropSide, CropSide, true));
        foreach (var (name, narrow) in Widths)
            if (narrow < width && height > 0) all.Add(new Rendition(name, narrow, Math.Max(1, (int)Math.Round((double)height * narrow / width)), false));
        return all;
    }

    /// <summary>The rendition of exactly this size, or else the smallest whole one that is not smaller; null where only the original is as large.</summary>
    /// <param name="width">Of the original.</param>
    /// <param name="wantedWidth">As a rendition's name tells it (<see cref="MediaPath.SizeOf"/>).</param>
    public static Rendition? For(int width, int height, int wantedWidth, int wantedHeight)
    {
        var all = Of(width, height);
        return all.FirstOrDefault(r => r.Width == wantedWidth && r.Height == wantedHeight) ?? all.FirstOrDefault(r => !r.IsCrop && r.Width >= wantedWidth && r.Height >= wantedHeight);
    }

    /// <summary>The original's address with the size in its name: <c>boat-300x200.jpg</c>.</summary>
    public string AddressOf(string original)
    {
        var dot = original.LastIndexOf('.') is var last && last > original.LastIndexOf('/') ? last : original.Length;
        return string.Create(CultureInfo.InvariantCulture, $"{original[..dot]}-{Width}x{Height}{original[dot..]}");
    }
}
