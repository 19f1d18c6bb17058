using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Broadsheet.Core.Text;
using Broadsheet.Web.Features.Curation;

namespace Broadsheet.Web.Tests.Features.Curation;

/// <summary>How well the text of a page is found, by other people's pages and what they say is their text.</summary>
public sealed partial class ExtractionTests(ITestOutputHelper output)
{
    private static readonly Uri Somewhere = new("https://news.example/story");

    /// <summary>As article-extraction-benchmark's own evaluation counts: shared runs of four words, each page weighing the same.</summary>
    [Fact]
    public void News_pages_give_their_article()
    {
        var folder = Path.Combine(Folder(), "article-extraction-benchmark");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "ground-truth.json")));
        double precision = 0, recall = 0;
        var pages = 0;
        foreach (var page in truth.RootElement.EnumerateObject())
        {
            var file = Path.Combine(folder, "html", $"{page.Name}.html.gz");
            if (!File.Exists(file)) continue;
            var (found, wrong, missed) = Compare(page.Value.GetProperty("articleBody").GetString() ?? "", TextOf(ReadGzip(file)));
            precision += wrong == 0 && missed == 0 ? 1 : found == 0 && wrong == 0 ? 0 : found / (found + wrong);
            recall += missed == 0 && wrong == 0 ? 1 : found == 0 && missed == 0 ? 0 : found / (found + missed);
            pages++;
        }
        var (p, r) = (precision / pages, recall / pages);
        var f1 = 2 * p * r / (p + r);
        output.WriteLine($"{pages} pages: F1 {f1:0.000}, precision {p:0.000}, recall {r:0.000}");
        Assert.True(pages >= 90 && f1 >= 0.93, $"{pages} pages: F1 {f1:0.000}, precision {p:0.000}, recall {r:0.000}");
    }

    [Fact]
    public void Readabilitys_pages_give_what_it_expects()
    {
        var scores = new List<(double Score, string Name)>();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Folder(), "readability")))
        {
            var expected = PlainText.Of(PrepareStory.Safe(File.ReadAllText(Path.Combine(folder, "expected.html")), Somewhere));
            var (found, wrong, missed) = Compare(expected, TextOf(File.ReadAllText(Path.Combine(folder, "source.html"))));
            scores.Add((2 * found / (2 * found + wrong + missed), Path.GetFileName(folder)));
        }
        var mean = scores.Average(s => s.Score);
        output.WriteLine($"{scores.Count} pages: mean likeness {mean:0.000}");
        Assert.True(scores.Count >= 19 && mean >= 0.95, $"{scores.Count} pages: mean likeness {mean:0.000}; least: {string.Join(", ", scores.Order().Take(6))}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<p>Two words</p>")]
    [InlineData("\0\0<<<>>><article><p")]
    public void A_page_without_a_text_gives_none_and_does_no_harm(string html) => Assert.True(PlainText.Of(ReadPage.Extract(html, Somewhere).Value.Body).Length < 20);

    [Theory]
    [InlineData("", "<div>", 100_000)]
    [InlineData("", "<x-a></x-b>", 200_000)]
    [InlineData("<select><style></select><p>{500 of <b id=#>}", "<p>x", 200_000)]
    [InlineData("", "<object></marquee><marquee></object>", 50_000)]
    [InlineData("<svg><![CDATA[><a b=\"]]></svg>", "<div>", 100_000)]
    public void A_page_made_to_be_dear_is_refused_and_costs_little(string head, string part, int times)
    {
        var html = head.Replace("{500 of <b id=#>}", string.Concat(Enumerable.Range(0, 500).Select(i => $"<b id={i}>")), StringComparison.Ordinal) + string.Concat(Enumerable.Repeat(part, times));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Contains("too large", ReadPage.Extract(html, Somewhere).Problem?.Message ?? "it was read", StringComparison.Ordinal);

        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 15);
    }

    [Fact]
    public void What_a_feed_nests_without_end_is_stored_flat()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 50_000)) + "Words";
        Assert.Equal("Words", PlainText.Of(PrepareStory.Safe(deep, Somewhere)));
    }

    [Theory]
    [InlineData("<svg><path d=''/></svg><script>var x = '<a href=\\\"x\\\">y<\\/a>';</script>")]
    [InlineData("<a name=p1>")]
    [InlineData("<table><tr><td><font size=2>cell</table>")]
    public void What_people_write_is_read(string part)
    {
        var read = ReadPage.Extract($"<body><article><h1>Title</h1>{string.Concat(Enumerable.Repeat(part, 100))}{string.Concat(Enumerable.Repeat("<p>Words enough to be a paragraph of a story, with a full stop.</p>", 20))}</article>", Somewhere);
        Assert.Contains("Words enough", PlainText.Of(read.Value.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_extracted_is_sanitised_and_its_links_lead_back()
    {
        var page = ReadPage.Extract($"<html><head><meta name=ROBOTS content='noindex, nofollow'></head><body><article><h1>Title</h1>{string.Concat(Enumerable.Repeat("<p>Words enough to be a paragraph, with <a href='/more' onclick='alert(1)'>more</a> of them, and commas, to weigh something.</p>", 8))}<script>alert(2)</script></article></body></html>", Somewhere).Value;
        Assert.DoesNotContain("alert", page.Body.Value, StringComparison.Ordinal);
        Assert.Contains("href=\"https://news.example/more\"", page.Body.Value, StringComparison.Ordinal);
        Assert.True(page.IsUnlisted);
    }

    private static string TextOf(string html) => PlainText.Of(ReadPage.Extract(html, Somewhere).Value.Body);

    private static (double Found, double Wrong, double Missed) Compare(string truth, string seen)
    {
        var (expected, given) = (Shingles(truth), Shingles(seen));
        double found = 0, wrong = 0, missed = 0;
        foreach (var key in expected.Keys.Union(given.Keys, StringComparer.Ordinal))
        {
            var (one, other) = (expected.GetValueOrDefault(key), given.GetValueOrDefault(key));
            found += Math.Min(one, other);
            wrong += Math.Max(0, other - one);
            missed += Math.Max(0, one - other);
        }
        return (found, wrong, missed);
    }

    private static Dictionary<string, int> Shingles(string text)
    {
        const int run = 4;
        var words = Word().Matches(text).Select(m => m.Value).ToArray();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Max(1, words.Length - run + 1); i++)
        {
            var key = string.Join(' ', words.Skip(i).Take(run));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        return counts;
    }

    private static string ReadGzip(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "data", "extraction") is var folder && Directory.Exists(folder)) return folder;
        Assert.Skip("shared/data/extraction is not on this machine");
        return "";
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
