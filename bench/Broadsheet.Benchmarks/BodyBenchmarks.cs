using BenchmarkDotNet.Attributes;
using Broadsheet.Core.Text;

namespace Broadsheet.Benchmarks;

/// <summary>What a body costs from as written to as shown.</summary>
[MemoryDiagnoser]
public class BodyBenchmarks
{
    private const string Paragraph = "The harbour was quiet in the morning and the boats came in late, with less than was hoped for and more than was feared. ";
    private string _article = "";
    private string _classic = "";
    private string _comment = "";

    [GlobalSetup]
    public void SetUp()
    {
        var words = string.Concat(Enumerable.Repeat(Paragraph, 4));
        _article = string.Concat(Enumerable.Range(1, 20).Select(n => $"{(n % 5 == 0 ? $"## Part {n}\n\n" : "")}{words}See [the list](https://example.org/{n}) and *mind the tide*.\n\n"));
        _classic = string.Concat(Enumerable.Range(1, 20).Select(n => $"{words}See <a href=\"https://example.org/{n}\">the list</a> and <em>mind the tide</em>.\n\n"));
        _comment = $"{Paragraph}{Paragraph}{Paragraph}\n\n> Is that so?\n\nIt *is*: https://example.org/tides";
    }

    /// <summary>About 10,000 characters of Markdown.</summary>
    [Benchmark]
    public int Markdown() => ArticleRenderer.Render(_article, BodyFormat.Markdown, RenderContext.Default).Html.Value.Length;

    /// <summary>The same as WordPress's classic editor wrote it.</summary>
    [Benchmark]
    public int WordPress() => ArticleRenderer.Render(_classic, BodyFormat.WordPress, RenderContext.Default).Html.Value.Length;

    [Benchmark]
    public int Sanitise() => Sanitiser.Clean(_classic, MarkupRights.Editor).Value.Length;

    /// <summary>About 400 characters with a quotation and a link.</summary>
    [Benchmark]
    public int Comment() => CommentText.Render(_comment).Value.Length;

    [Benchmark]
    public int SearchWordsOfAComment() => SearchWords.Index(_comment).Length;
}
