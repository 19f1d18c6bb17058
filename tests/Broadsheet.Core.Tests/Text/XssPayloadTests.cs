using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public sealed class XssPayloadTests
{
    [Theory]
    [InlineData(MarkupRights.Commenter)]
    [InlineData(MarkupRights.Editor)]
    public void Every_payload_is_inert_after_cleaning(MarkupRights rights)
    {
        var bad = Failures(p => InertMarkup.Faults(Sanitiser.Clean(p.Markup, rights).Value, rights));
        Assert.True(bad.Count == 0, string.Join('\n', bad));
        Assert.True(XssPayloads.All.Count > 5_000, $"only {XssPayloads.All.Count} payloads were read");
    }

    [Theory]
    [InlineData(MarkupRights.Commenter)]
    [InlineData(MarkupRights.Editor)]
    public void Cleaning_what_is_clean_changes_nothing(MarkupRights rights)
    {
        var bad = Failures(p =>
        {
            var once = Sanitiser.Clean(p.Markup, rights).Value;
            var twice = Sanitiser.Clean(once, rights).Value;
            return once == twice ? [] : [$"{once}\n    became {twice}"];
        });
        Assert.True(bad.Count == 0, string.Join('\n', bad));
    }

    [Fact]
    public void Every_payload_is_inert_as_a_comment()
    {
        Assert.Equal([], Failures(p => InertMarkup.Faults(CommentText.Render(p.Markup).Value, MarkupRights.Commenter)));
        Assert.Equal([], Failures(p => InertMarkup.Faults(CommentText.RenderImported(p.Markup).Value, MarkupRights.Commenter)));
    }

    [Fact]
    public void Every_payload_is_inert_beside_a_discussion() => Assert.Equal([], Failures(p => InertMarkup.Faults(HouseText.Render(p.Markup).Value, MarkupRights.Commenter).FindAll(f => f != InertMarkup.UnmarkedLink)));

    [Fact]
    public void Every_payload_is_inert_in_a_headline()
    {
        Assert.Empty(Failures(p =>
        {
            var title = Sanitiser.CleanInline(p.Markup).Value;
            var faults = InertMarkup.Faults(title, MarkupRights.Editor);
            if (title.Contains("<a>", StringComparison.Ordinal) || title.Contains("<a ", StringComparison.Ordinal) || title.Contains("<span ", StringComparison.Ordinal)) faults.Add("more than emphasis");
            return faults;
        }));
    }

    [Fact]
    public void What_a_payload_may_say_is_still_said()
    {
        // The words that the collection's own sanitiser leaves are left by ours too, unless they stand in something we drop whole
        // (or are the tags themselves, which some collections show as text).
        var known = XssPayloads.All.Where(p => p.Expected is not null && !p.Expected.Contains("&lt;", StringComparison.Ordinal)).ToList();
        var bad = new List<string>();
        foreach (var payload in known)
        {
            var expected = Words(payload.Expected!);
            var ours = Words(Sanitiser.Clean(payload.Markup, MarkupRights.Editor).Value);
            if (!expected.IsSubsetOf(ours) && !DroppedWhole(payload.Markup)) bad.Add($"{payload.Source}: {payload.Markup}\n    lost {string.Join(' ', expected.Except(ours, StringComparer.Ordinal))}");
        }

        Assert.True(bad.Count == 0, string.Join('\n', bad));
        Assert.True(known.Count > 100);
    }

    private static HashSet<string> Words(string html)
    {
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument("<body>" + html);
        var separators = document.Body!.TextContent.Where(c => !char.IsLetterOrDigit(c)).Distinct().ToArray();
        return document.Body.TextContent.Split(separators, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }

    private static readonly string[] Dropped = ["<svg", "<math", "<script", "<style", "<noscript", "<noembed", "<noframes", "<iframe", "<template", "<isindex", "<!--", "<!", "<?"];

    private static bool DroppedWhole(string markup) =>
        Dropped.Any(t => markup.Contains(t, StringComparison.OrdinalIgnoreCase));

    private static List<string> Failures(Func<XssPayload, List<string>> faults)
    {
        var bad = new List<string>();
        foreach (var payload in XssPayloads.All)
        {
            var found = faults(payload);
            if (found.Count > 0 && bad.Count < 20) bad.Add($"{payload.Source}: {payload.Markup}\n    {string.Join("; ", found)}");
        }

        return bad;
    }
}
