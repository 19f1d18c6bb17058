using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public class MarkupMassTests
{
    [Theory]
    [InlineData("<div>", 100_000)]
    [InlineData("<x-row>", 2_000)]
    [InlineData("<div></span>", 2_000)]
    [InlineData("<div/>", 2_000)]
    [InlineData("<p><b id=1><i><u>", 20)]
    [InlineData("<li>", 130_000)]
    [InlineData("<svg><style><div>", 1_500)]
    [InlineData("<script></script><div>", 2_000)]
    public void What_would_cost_a_parser_too_much_is_seen(string part, int times) => Assert.True(MarkupMass.IsTooMuch(Repeat(part, times)));

    [Theory]
    [InlineData("<p>Never closed<li>nor this<td>nor that", 10_000)]
    [InlineData("<div><b>Closed</b></div>", 10_000)]
    [InlineData("<script>'<div><div><b><b>'</script>", 10_000)]
    [InlineData("<!-- <div><b> -->", 10_000)]
    [InlineData("<br><img src=a><hr/>", 20_000)]
    [InlineData("<svg><path d=''/><circle/></svg>", 10_000)]
    [InlineData("a < b ", 100_000)]
    public void What_people_write_is_not(string part, int times) => Assert.False(MarkupMass.IsTooMuch(Repeat(part, times)));

    [Fact]
    public void Five_megabytes_are_looked_at_in_a_moment()
    {
        var page = Repeat("<div class=\"x\">words and words</div>\n<p>more</p><!-- c -->", 25_000) + Repeat("words ", 600_000);
        var started = Stopwatch.GetTimestamp();
        Assert.False(MarkupMass.IsTooMuch(page));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 2);
    }

    [Fact]
    public void The_pages_of_newspapers_are_within_it()
    {
        var pages = Directory.EnumerateFiles(SharedData.Folder("extraction"), "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".html", StringComparison.Ordinal) || f.EndsWith(".html.gz", StringComparison.Ordinal)).ToList();
        Assert.True(pages.Count > 50);
        Assert.DoesNotContain(pages, p => MarkupMass.IsTooMuch(Read(p)));
    }

    private static string Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? (Stream)new GZipStream(stream, CompressionMode.Decompress) : stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static string Repeat(string part, int times) => string.Concat(Enumerable.Repeat(part, times));
}
