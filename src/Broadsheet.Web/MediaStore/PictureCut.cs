namespace Broadsheet.Web.MediaStore;

/// <summary>Where a picture's square is taken from, along its longer side.</summary>
internal enum PicturePart
{
    Middle,

    /// <summary>The top of a tall picture, the left side of a wide one.</summary>
    Start,

    /// <summary>The bottom, or the right side.</summary>
    End,
}

/// <summary>A square of an upright picture.</summary>
/// <param name="X">Its left edge, in the picture's pixels.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Size">Its side.</param>
internal readonly record struct PictureSquare(int X, int Y, int Size);

/// <summary>What of a picture is kept.</summary>
/// <param name="Square">Wins over <paramref name="Part"/>; what does not fit into the picture is moved until it does. Null: the largest square at that part.</param>
internal sealed record PictureCut(PicturePart Part, PictureSquare? Square = null)
{
    /// <summary>A smaller square than this part of the shorter side would be made of a few pixels.</summary>
    private const int MostTimes = 16;

    public static PictureCut Middle { get; } = new(PicturePart.Middle);

    /// <param name="width">Of the upright picture.</param>
    public PictureSquare In(int width, int height)
    {
        var shorter = Math.Min(width, height);
        if (Square is { } square)
        {
            var size = Math.Clamp(square.Size, Math.Max(1, shorter / MostTimes), shorter);
            return new PictureSquare(Math.Clamp(square.X, 0, width - size), Math.Clamp(square.Y, 0, height - size), size);
        }
        return new PictureSquare(At(width - shorter), At(height - shorter), shorter);
    }

    private int At(int room) => Part switch { PicturePart.Start => 0, PicturePart.End => room, _ => room / 2 };
}
