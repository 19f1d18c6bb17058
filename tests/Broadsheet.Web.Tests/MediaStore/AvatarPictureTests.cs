using Broadsheet.Web.MediaStore;
using NetVips;

namespace Broadsheet.Web.Tests.MediaStore;

/// <summary>What becomes of a picture: three stripes tell which part of it is kept.</summary>
public sealed class AvatarPictureTests
{
    private static readonly double[] Red = [255, 0, 0], Green = [0, 255, 0], Blue = [0, 0, 255];

    public static TheoryData<string> Kinds => new(".jpg", ".png", ".gif", ".webp");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_chosen_part_is_kept_of_every_kind_of_picture(string kind)
    {
        using var stripes = Stripes();
        var file = stripes.WriteToBuffer(kind);

        Assert.Equal("rgb", string.Concat(new[] { PicturePart.Start, PicturePart.Middle, PicturePart.End }.Select(p => Colour(Draw(file, new PictureCut(p))))));
        Assert.Equal('b', Colour(Draw(file, new PictureCut(PicturePart.Middle, new PictureSquare(250, 20, 40)))));
    }

    [Fact]
    public void A_tall_picture_is_cut_from_its_top_or_bottom()
    {
        using var stripes = Stripes();
        using var tall = stripes.Rot90();
        var file = tall.PngsaveBuffer();

        Assert.Equal("rgb", string.Concat(new[] { PicturePart.Start, PicturePart.Middle, PicturePart.End }.Select(p => Colour(Draw(file, new PictureCut(p))))));
    }

    [Theory]
    [InlineData(-1, -1, -1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(299, 99, 1)]
    [InlineData(0, 0, 100_000)]
    public void A_square_that_does_not_fit_is_moved_until_it_does(int x, int y, int size)
    {
        using var stripes = Stripes();
        using var image = Image.NewFromBuffer(Draw(stripes.PngsaveBuffer(), new PictureCut(PicturePart.Middle, new PictureSquare(x, y, size))));
        Assert.Equal((192, 192), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8_000)]
    [InlineData(8_192, 3)]
    [InlineData(191, 193)]
    public void However_narrow_it_is_there_is_a_square_in_it(int width, int height)
    {
        using var image = Image.Black(width, height, bands: 3);
        foreach (var part in Enum.GetValues<PicturePart>())
        {
            using var drawn = Image.NewFromBuffer(Draw(image.PngsaveBuffer(), new PictureCut(part)));
            Assert.Equal((192, 192), (drawn.Width, drawn.Height));
        }
    }

    [Fact]
    public void A_turned_photograph_is_upright_and_says_nothing_of_its_camera()
    {
        using var stripes = Stripes();
        // Held so that what is left in the file is on top for those who look at it.
        using var noted = stripes.Mutate(m =>
        {
            m.Set(GValue.GIntType, "orientation", 6);
            m.Set(GValue.GStrType, "exif-ifd0-Model", "A camera (A camera, ASCII, 9 components, 9 bytes)");
        });
        var file = noted.JpegsaveBuffer(q: 95);
        using (var read = Image.NewFromBuffer(file)) Assert.Equal((300, 6), (read.Width, (int)read.Get("orientation")));

        var drawn = Draw(file, new PictureCut(PicturePart.Start));
        using var image = Image.NewFromBuffer(drawn);

        Assert.Equal('r', Colour(drawn));
        // In the upright picture's pixels: blue is below.
        Assert.Equal('b', Colour(Draw(file, new PictureCut(PicturePart.Start, new PictureSquare(20, 250, 40)))));
        Assert.DoesNotContain(image.GetFields(), f => f.StartsWith("exif", StringComparison.Ordinal) || f is "orientation" or "xmp-data" or "icc-profile-data");
        Assert.Equal(-1, drawn.AsSpan().IndexOf("A camera"u8));
        Assert.NotEqual(-1, file.AsSpan().IndexOf("A camera"u8));
    }

    [Fact]
    public void Two_hundred_kilobytes_do_not_unpack_into_more_than_a_machine_has()
    {
        using var wide = Image.Black(8_193, 10);
        using var many = Image.Black(8_000, 8_000);

        Assert.Contains("8,193 × 10", AvatarPicture.Draw(wide.PngsaveBuffer(), 192, PictureCut.Middle).Problem?.Message, StringComparison.Ordinal);
        Assert.Contains("8,000 × 8,000", AvatarPicture.Draw(many.PngsaveBuffer(bitdepth: 1), 192, PictureCut.Middle).Problem?.Message, StringComparison.Ordinal);
    }

    private static Image Stripes()
    {
        using var red = Stripe(Red);
        using var green = Stripe(Green);
        using var blue = Stripe(Blue);
        using var two = red.Join(green, Enums.Direction.Horizontal);
        return two.Join(blue, Enums.Direction.Horizontal);
    }

    private static Image Stripe(double[] colour)
    {
        using var black = Image.Black(100, 100, bands: 3);
        using var coloured = black + colour;
        using var bytes = coloured.Cast(Enums.BandFormat.Uchar);
        return bytes.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static byte[] Draw(byte[] file, PictureCut cut) => AvatarPicture.Draw(file, 192, cut) is { Problem: null } drawn ? drawn.Value : throw new InvalidOperationException(AvatarPicture.Draw(file, 192, cut).Problem!.Message);

    /// <summary>Of the whole picture, which has one: its first letter.</summary>
    private static char Colour(byte[] drawn)
    {
        using var image = Image.NewFromBuffer(drawn);
        var average = Enumerable.Range(0, 3).Select(b => image[b].Avg()).ToArray();
        Assert.True(average.Max() > 200 && average.Order().ElementAt(1) < 60, string.Join(", ", average));
        return "rgb"[Array.IndexOf(average, average.Max())];
    }
}
