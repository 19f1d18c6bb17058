using System.Text;
using System.Text.RegularExpressions;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Core.Tests.Text;

namespace Broadsheet.Core.Tests.Curation.Feeds;

public sealed partial class OpmlTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read_again()
    {
        IReadOnlyList<OpmlOutlet> outlets =
        [
            new("The Wire & Co <b>", new Uri("https://wire.example/feed?a=1&b=2"), new Uri("https://wire.example/"), "en-GB", ["World", "Ports"]),
            new("Havenpost", new Uri("https://haven.example/rss"), null, null, []),
        ];
        var written = Opml.Write("Outlets", Now, outlets);
        var read = Opml.Read(Encoding.UTF8.GetBytes(written)).Value;
        Assert.Equal(["The Wire & Co", "Havenpost"], read.Select(o => o.Title));
        Assert.Equal(outlets.Select(o => (o.Feed, o.Site, o.Language, string.Join('/', o.Group))), read.Select(o => (o.Feed, o.Site, o.Language, string.Join('/', o.Group))));
    }

    [Fact]
    public void Groups_around_a_feed_are_kept()
    {
        var read = Opml.Read("<opml><body><outline text=' World '><outline text='Ports'><outline text='A' xmlUrl='https://a.test/f'/></outline></outline><outline xmlUrl='https://b.test/f'/></body></opml>"u8).Value;
        Assert.Equal(["World", "Ports"], read[0].Group);
        Assert.Equal(("b.test", 0), (read[1].Title, read[1].Group.Count));
    }

    [Theory]
    [InlineData("<html><body/></html>", "Line 1 begins <html>, not an OPML list.")]
    [InlineData("plain words", "There is no element in it: it is no OPML list.")]
    [InlineData("", "The list is empty.")]
    public void What_is_no_list_is_told_in_one_line(string text, string expected) =>
        Assert.Equal(expected, Opml.Read(Encoding.UTF8.GetBytes(text)).Problem?.Message);

    [Fact]
    public void Listparsers_expectations_hold()
    {
        var (held, broken) = (0, new List<string>());
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedData.Folder("feeds"), "listparser"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(file);
            var outcome = Opml.Read(bytes);
            Assert.DoesNotContain("\n", outcome.Problem?.Message ?? "", StringComparison.Ordinal);
            if (!file.Contains($"{Path.DirectorySeparatorChar}opml{Path.DirectorySeparatorChar}", StringComparison.Ordinal)) continue;
            foreach (Match match in Expectation().Matches(Encoding.UTF8.GetString(bytes)))
            {
                var (key, expected) = (match.Groups["key"].Value, match.Groups["value"].Value);
                var seen = outcome.Problem is not null ? outcome.Problem.Message
                    : key.Length == 0 ? $"{outcome.Value.Count}"
                    : outcome.Value.ElementAtOrDefault(int.Parse(match.Groups["at"].Value, System.Globalization.CultureInfo.InvariantCulture)) is not { } outlet ? "none"
                    : key == "title" ? outlet.Title : outlet.Feed.OriginalString;
                if (seen == expected) held++;
                else broken.Add($"{Path.GetFileName(file)}: {match.Value} but {seen}");
            }
        }

        Assert.True(held >= 10 && broken.Count == 0, string.Join('\n', broken.Prepend($"{held} hold, {broken.Count} do not")));
    }

    [GeneratedRegex(@"len\(result\['feeds'\]\) == (?<value>\d+)|result\['feeds'\]\[(?<at>\d+)\]\['(?<key>title|url)'\] == ['""](?<value>[^'""]*)['""]", RegexOptions.ExplicitCapture)]
    private static partial Regex Expectation();
}
