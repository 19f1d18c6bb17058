using System.Diagnostics;
using System.Xml;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

/// <summary>Real publications: every body and every comment of the exports in shared/data/wxr.</summary>
public sealed class RealExportTests
{
    private const string Content = "http://purl.org/rss/1.0/modules/content/";

    [Fact]
    public void Every_body_of_every_export_is_inert_local_and_quick()
    {
        var (bodies, characters) = (0, 0L);
        var clock = new Stopwatch();
        foreach (var file in Exports())
        {
            var texts = Texts(file, "encoded", Content).ToList();
            var context = new RenderContext { OwnHosts = Hosts(file) };
            foreach (var text in texts)
            {
                clock.Start();
                var body = ArticleRenderer.Render(text, BodyFormat.WordPress, context);
                clock.Stop();
                bodies++;
                characters += text.Length;
                var faults = InertMarkup.Faults(body.Html.Value, MarkupRights.Editor, markers: true);
                Assert.True(faults.Count == 0, $"{file}: {string.Join("; ", faults)}\n{text}");
                foreach (var page in ArticleBody.Pages(body.Html)) Assert.Equal(page.Value, Sanitiser.Clean(page.Value, MarkupRights.Editor).Value);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{bodies} bodies, {characters / 1024} K characters, {clock.Elapsed.TotalMilliseconds:F0} ms: {clock.Elapsed.TotalMilliseconds * 10_240 / characters:F2} ms per 10 K");
        Assert.True(bodies > 800, $"only {bodies} bodies were read");
        Assert.True(clock.Elapsed.TotalMilliseconds * 10_240 / characters < 50, $"{clock.Elapsed} for {characters} characters");
    }

    [Fact]
    public void Every_comment_of_every_export_is_inert()
    {
        var comments = 0;
        foreach (var file in Exports())
        {
            foreach (var text in Texts(file, "comment_content", null))
            {
                comments++;
                Assert.Empty(InertMarkup.Faults(CommentText.RenderImported(text).Value, MarkupRights.Commenter));
                Assert.Empty(InertMarkup.Faults(CommentText.Render(text).Value, MarkupRights.Commenter));
            }
        }

        Assert.True(comments > 500, $"only {comments} comments were read");
    }

    private static IEnumerable<string> Exports() => Directory.EnumerateFiles(SharedData.Folder("wxr"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static HashSet<string> Hosts(string file) => Texts(file, "base_site_url", null).Concat(Texts(file, "base_blog_url", null))
        .Where(static u => Uri.IsWellFormedUriString(u, UriKind.Absolute)).Select(static u => new Uri(u).Host).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Texts(string file, string name, string? space)
    {
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, CheckCharacters = false });
        while (true)
        {
            string? text = null;
            try
            {
                if (!reader.Read()) yield break;
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == name && (space is null || reader.NamespaceURI == space)) text = reader.ReadString();
            }
            catch (XmlException)
            {
                // Some exports are malformed on purpose; what stands before the fault is read.
                yield break;
            }

            if (!string.IsNullOrEmpty(text)) yield return text;
        }
    }
}
