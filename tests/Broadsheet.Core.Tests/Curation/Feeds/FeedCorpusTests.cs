using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Core.Tests.Text;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Curation.Feeds;

/// <summary>Other programs' feeds and what those programs read in them.</summary>
public sealed partial class FeedCorpusTests(ITestOutputHelper output)
{
    private const int LeastRead = 2024;
    private static readonly Uri Somewhere = new("http://127.0.0.1:8097/feed");

    [Fact]
    public void Every_file_is_read_or_refused_with_one_line()
    {
        var refused = new List<string>();
        var read = 0;
        foreach (var file in Files("."))
        {
            var outcome = FeedReader.Read(File.ReadAllBytes(file), null, Somewhere);
            if (outcome.Problem is not { } problem)
            {
                read++;
                continue;
            }

            Assert.False(string.IsNullOrWhiteSpace(problem.Message) || problem.Message.Contains('\n', StringComparison.Ordinal), file);
            refused.Add($"{Short(file)}: {problem.Message}");
        }

        output.WriteLine($"{read} read, {refused.Count} refused");
        Assert.True(read >= LeastRead, string.Join('\n', refused.Prepend($"{read} read, {refused.Count} refused")));
    }

    [Fact]
    public void Feedparsers_expectations_hold()
    {
        var (held, broken) = (0, new List<string>());
        foreach (var file in Files("feedparser"))
        {
            var bytes = File.ReadAllBytes(file);
            var text = Encoding.Latin1.GetString(bytes);
            var clauses = FeedparserClause.Of(text).ToList();
            if (clauses.Count == 0) continue;
            var place = Header(text, "Content-Location") is { } location && Uri.TryCreate(Somewhere, location, out var at) ? at : Somewhere;
            var outcome = FeedReader.Read(bytes, Header(text, "Content-type"), place);
            foreach (var clause in clauses)
            {
                if (outcome.Problem is null && clause.Holds(outcome.Value)) held++;
                else broken.Add($"{Short(file)}: {clause} — {outcome.Problem?.Message ?? Seen(outcome.Value, clause)}");
            }
        }

        output.WriteLine($"{held} of {held + broken.Count} clauses hold");
        Assert.True(held >= 343 && broken.Count <= 21, string.Join('\n', broken.Prepend($"{held} hold, {broken.Count} do not")));
    }

    [Fact]
    public void Gofeeds_expectations_hold()
    {
        var (held, broken) = (0, new List<string>());
        foreach (var file in Files("gofeed").Where(f => f.EndsWith(".json", StringComparison.Ordinal) && File.Exists(Path.ChangeExtension(f, ".xml"))))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var outcome = FeedReader.Read(File.ReadAllBytes(Path.ChangeExtension(file, ".xml")), null, Somewhere);
            foreach (var (what, expected, seen) in GofeedCase.Of(json.RootElement, outcome.Problem is null ? outcome.Value : null))
            {
                if (PlainText.Of(expected) == PlainText.Of(seen ?? "") || PlainText.Of(PlainText.Of(expected)) == PlainText.Of(seen ?? "")) held++;
                else broken.Add($"{Short(file)}: {what} is “{seen}”, not “{expected}”");
            }
        }

        output.WriteLine($"{held} of {held + broken.Count} values hold");
        Assert.True(held >= 127 && broken.Count <= 8, string.Join('\n', broken.Prepend($"{held} hold, {broken.Count} do not")));
    }

    private static string Seen(FeedDocument feed, FeedparserClause clause)
    {
        var item = clause.Entry is { } at && at < feed.Items.Count ? feed.Items[at] : null;
        return item is null ? $"feed “{feed.Title}” {feed.Site} {feed.Author} {feed.Description} {feed.Updated} {feed.Language}" : item.ToString();
    }

    private static string? Header(string text, string name) =>
        Headers().Matches(text).FirstOrDefault(m => m.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))?.Groups["value"].Value.Trim();

    private static IEnumerable<string> Files(string part) =>
        Directory.EnumerateFiles(Path.Combine(SharedData.Folder("feeds"), part), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".xml" or ".json" or ".rss" or ".atom" or ".rdf" or ".opml" or "").Order(StringComparer.Ordinal);

    private static string Short(string file) => Path.GetRelativePath(SharedData.Folder("feeds"), file);

    [GeneratedRegex(@"Header:\s*(?<name>[\w-]+):(?<value>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Headers();
}
