using Broadsheet.Core.Publishing;

namespace Broadsheet.Core.Tests.Publishing;

public sealed class FocalPointTests
{
    [Theory]
    [InlineData(33, 67, "focus-x-35 focus-y-65")]
    [InlineData(0, 100, "focus-x-0 focus-y-100")]
    [InlineData(-20, 500, "focus-x-0 focus-y-100")]
    [InlineData(50, 52, null)]
    [InlineData(48, 53, "focus-x-50 focus-y-55")]
    public void A_point_is_at_the_nearest_step_and_the_middle_is_none(int across, int down, string? classes) => Assert.Equal(classes, FocalPoint.Of(across, down)?.Classes);
}
