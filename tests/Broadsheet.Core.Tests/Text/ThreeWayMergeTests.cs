using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public class ThreeWayMergeTests
{
    [Theory]
    [InlineData("a\n\nb\n\nc\n", "A\n\nb\n\nc\n", "a\n\nb\n\nC\n", "A\n\nb\n\nC\n")]
    [InlineData("a\n\nb\n", "a\n\nb\n", "a\n\nB\n", "a\n\nB\n")]
    [InlineData("a\n\nb\n", "a\n\nB\n", "a\n\nb\n", "a\n\nB\n")]
    [InlineData("a\n\nb\n\nc\n", "a\n\nc\n", "a\n\nb\n\nc\n\nd\n", "a\n\nc\n\nd\n")]
    [InlineData("a\n\nb\n", "a\n\nx\n", "a\n\nx\n", "a\n\nx\n")]
    [InlineData("a\n\nb\n", "a\n\nx\n", "a\n\ny\n", null)]
    [InlineData("a\n\nb\n", "a\n\n", "a\n\nB\n", null)]
    [InlineData("", "theirs", "yours", null)]
    [InlineData("a\nb\n", "a\nx\nb\n", "a\ny\nb\n", null)]
    public void Both_changes_are_in_one_text_where_they_do_not_touch(string start, string theirs, string yours, string? merged) => Assert.Equal(merged, ThreeWayMerge.Of(start, theirs, yours));

    [Fact]
    public void It_does_not_matter_who_was_first()
    {
        var random = new Random(3);
        var start = string.Concat(Enumerable.Range(0, 12).Select(n => $"line {n}\n"));
        for (var round = 0; round < 300; round++)
        {
            var (a, b) = (Changed(start, random), Changed(start, random));

            Assert.Equal(ThreeWayMerge.Of(start, a, b), ThreeWayMerge.Of(start, b, a));
        }
    }

    private static string Changed(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        for (var n = random.Next(3); n >= 0; n--)
        {
            var at = random.Next(lines.Count);
            if (random.Next(3) == 0) lines.Insert(at, $"new {random.Next(100)}");
            else if (random.Next(2) == 0) lines[at] += " changed";
            else if (lines.Count > 2) lines.RemoveAt(at);
        }
        return string.Join('\n', lines);
    }
}
