using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>Every real export gives the counts that the MANIFEST of the samples names.</summary>
public sealed class WxrSamplesTests
{
    /// <summary>
    /// The MANIFEST counts elements by their literal start tags (<c>&lt;item&gt;</c>, <c>&lt;wp:term&gt;</c>). This file declares
    /// namespaces on those tags and rebinds the prefix, so that a reader by namespace must find others: see its own test.
    /// </summary>
    private const string CountedByTag = "namespace-edge-cases.xml";

    public static TheoryData<string> WellFormed() =>
        [.. WxrSamples.Rows.Where(r => r.Fault is null && !r.File.EndsWith(CountedByTag, StringComparison.Ordinal)).Select(r => r.File)];

    public static TheoryData<string> Malformed() => [.. WxrSamples.Rows.Where(r => r.Fault is not null).Select(r => r.File)];

    private static WxrSamples.Row Row(string file) => WxrSamples.Rows.Single(r => r.File == file);

    private static WxrSurvey Survey(WxrSamples.Row row, bool repair = false)
    {
        using var stream = row.Open();
        return WxrSurvey.Take(stream, new WxrOptions { FileName = "wordpress.xml", Repair = repair });
    }

    private static void AssertCounts(WxrSamples.Row row, WxrSurvey survey)
    {
        var said = (row.Posts, row.Pages, row.Attachments, row.Comments, row.Nested, row.MaxDepth, row.Pings);
        var found = (survey.Posts, survey.Pages, survey.Attachments, survey.Comments, survey.NestedComments, (long)survey.MaxCommentDepth, survey.Pings);
        Assert.Equal(said, found);
        Assert.Equal((row.Categories, row.Tags, row.Terms, row.Authors), (survey.Categories, survey.Tags, survey.Terms, survey.Authors));
        Assert.Equal(row.Approvals.OrderBy(p => p.Key, StringComparer.Ordinal), survey.CommentsByApproval.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal((row.Version, row.Language), (survey.Channel.Version ?? "", survey.Channel.Language));
        Assert.Equal(row.Bytes, survey.Bytes);
    }

    [Fact]
    public void The_manifest_names_every_file()
    {
        var folder = WxrSamples.RequireFolder();
        var files = Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'));
        Assert.Equal(files.Order(StringComparer.Ordinal), WxrSamples.Rows.Select(r => r.File).Order(StringComparer.Ordinal));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(WellFormed))]
    public void A_well_formed_export_gives_the_counts_of_the_manifest(string file)
    {
        var survey = Survey(Row(file));
        AssertCounts(Row(file), survey);
        Assert.Equal(0, survey.SkipCount);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(WellFormed))]
    public void Repair_changes_nothing_in_a_well_formed_export(string file)
    {
        var row = Row(file);
        using var plain = row.Open();
        using var repaired = row.Open();
        using var one = new WxrReader(plain);
        using var other = new WxrReader(repaired, new WxrOptions { Repair = true });
        Assert.Equal(one.Records().Select(Describe), other.Records().Select(Describe), StringComparer.Ordinal);
        Assert.Equal(0, other.Replaced);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Malformed))]
    public void A_malformed_export_fails_at_its_line(string file)
    {
        var row = Row(file);
        var error = Assert.Throws<WxrFormatException>(() => Survey(row));
        Assert.True(row.IsFaultLine(error.Error.Line), $"{row.Fault}, not line {error.Error.Line}");
        if (HasControlCharacters(row)) Assert.Equal(FirstControlCharacter(row), (error.Error.Line, error.Error.Column));
        Assert.StartsWith($"wordpress.xml, line {error.Error.Line}, column ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void An_export_with_forbidden_characters_is_read_whole_when_repaired()
    {
        WxrSamples.RequireFolder();
        var rows = WxrSamples.Rows.Where(r => r.Fault is not null && HasControlCharacters(r)).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var survey = Survey(row, repair: true);
            AssertCounts(row, survey);
            Assert.Equal(ControlCharacters(row), survey.Replaced);
        }
    }

    [Fact]
    public void Namespaces_decide_and_prefixes_do_not()
    {
        WxrSamples.RequireFolder();
        var row = WxrSamples.Rows.Single(r => r.File.EndsWith(CountedByTag, StringComparison.Ordinal));
        using var stream = row.Open();
        using var reader = new WxrReader(stream);
        var records = reader.Records().ToList();

        Assert.Equal(["real_user", "version_conflict"], records.OfType<WxrAuthor>().Select(a => a.Login), StringComparer.Ordinal);
        Assert.Equal(["old-version", "new-version"], records.OfType<WxrTerm>().Select(t => t.Slug), StringComparer.Ordinal);
        Assert.Equal([1, 2, 3, 4, null, 6], records.OfType<WxrItem>().Select(i => i.Id));
        Assert.Equal("", records.OfType<WxrItem>().Single(i => i.Title == "Hijacked Namespace").PostType);
        Assert.Equal("normal_value", Assert.Single(records.OfType<WxrItem>().First().Meta).Value);
        Assert.Equal(3, records.OfType<WxrSkip>().Count());
    }

    private static string Describe(WxrRecord record) => record switch
    {
        WxrItem item => $"{item} {string.Join(',', item.Terms)} {string.Join(',', item.Meta)}",
        WxrComment comment => $"{comment} {string.Join(',', comment.Meta)}",
        _ => record.ToString(),
    };

    private static bool HasControlCharacters(WxrSamples.Row row) => ControlCharacters(row) > 0;

    private static (int Line, int Column) FirstControlCharacter(WxrSamples.Row row)
    {
        var text = File.ReadAllText(Path.Combine(WxrSamples.RequireFolder(), row.File));
        var at = text.TakeWhile(c => c >= ' ' || c is '\t' or '\n' or '\r').Count();
        return (1 + text.AsSpan(0, at).Count('\n'), at - text.AsSpan(0, at).LastIndexOf('\n'));
    }

    private static long ControlCharacters(WxrSamples.Row row) =>
        File.ReadAllBytes(Path.Combine(WxrSamples.RequireFolder(), row.File)).LongCount(b => b < 32 && b is not (9 or 10 or 13));
}
