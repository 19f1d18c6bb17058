using System.Text;
using System.Text.Json;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Hosting.Commands;

/// <summary><c>spam evaluate</c> as it is run in a shell, in a folder without a publication.</summary>
public sealed class SpamCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spam-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Files_of_both_forms_are_measured_and_the_report_has_the_names_that_other_programs_rely_on()
    {
        var table = Write("table.csv", "\uFEFFtext,label\r\n\"Wonderful blog, I will bookmark it, \"\"cheap\"\" loans at\r\nmy site\",1\r\n\"The 7:40 ferry no longer stops at Brno, says the timetable\",0\r\n");
        var lines = Write("lines.jsonl", Line("spam", "cheap car insurance", "Great post, thanks for sharing! Visit my web site") + Line("ham", "Ben", "My parser fails on line 42 of the config file") + Line("unlabelled", "x", "y") + Line("ham", "Ping", "[...] z [...]", "pingback"));

        var run = await RunAsync("spam", "evaluate", table, lines, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        using var report = JsonDocument.Parse(run.Output);
        var sources = report.RootElement.GetProperty("sources");
        Assert.Equal(["table.csv", "lines.jsonl"], sources.EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal([(2, 1), (2, 1)], sources.EnumerateArray().Select(s => (s.GetProperty("n").GetInt32(), s.GetProperty("spam").GetInt32())));
        var pooled = report.RootElement.GetProperty("pooled");
        Assert.Equal(["tp", "fp", "tn", "fn"], pooled.GetProperty("confusion").EnumerateObject().Select(p => p.Name));
        Assert.Equal((1.0, 1.0, 1.0, 0.0), (pooled.GetProperty("auc").GetDouble(), pooled.GetProperty("recall_at_1pct_fpr").GetDouble(), pooled.GetProperty("recall_at_0_1pct_fpr").GetDouble(), pooled.GetProperty("one_minus_roca_pct").GetDouble()));
        Assert.InRange(report.RootElement.GetProperty("microseconds_per_comment").GetDouble(), 0.1, 10_000);
        Assert.False(report.RootElement.TryGetProperty("after_100", out _));
        Assert.Empty(_folder.EnumerateDirectories());
    }

    [Fact]
    public async Task With_learn_each_label_is_learned_after_its_comment_was_scored()
    {
        // What a base model cannot know: here, the lamplighters are spam.
        var file = Write("odd.csv", "text,label\n" + string.Concat(Enumerable.Range(0, 160).Select(i => i % 2 == 0 ? $"the lamplighters of quay {i} meet again tonight,1\n" : $"the budget of the ferry is due in week {i},0\n")));

        var (before, after) = (await RunAsync("spam", "evaluate", file, "--json"), await RunAsync("spam", "evaluate", file, "--learn", "--json"));

        using var learned = JsonDocument.Parse(after.Output);
        Assert.Equal(60, learned.RootElement.GetProperty("after_100").GetProperty("n").GetInt32());
        Assert.Equal(1, learned.RootElement.GetProperty("after_100").GetProperty("auc").GetDouble());
        using var plain = JsonDocument.Parse(before.Output);
        Assert.True(plain.RootElement.GetProperty("pooled").GetProperty("confusion").GetProperty("tp").GetInt32() < 80);
    }

    [Fact]
    public async Task Without_json_it_prints_a_table()
    {
        var run = await RunAsync("spam", "evaluate", Write("t.csv", "text,label\ngreat post thanks for sharing,1\nthe ferry is late,0\n"), "--learn");

        Assert.Equal((0, ""), (run.Code, run.Error));
        foreach (var word in (string[])["t.csv", "all together", "after 100 labels", "precision", "recall", "AUC", "(1−ROCA) %", "µs a comment"]) Assert.Contains(word, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "text,label\nhello,1\nworld,spam\n", "a.csv, line 3: the label is “spam”; it can be 1 (spam) or 0 (wanted)")]
    [InlineData("a.csv", "text,label\nhello\n", "a.csv, line 2: it has no label")]
    [InlineData("a.csv", "words,label\nhello,1\n", "a.csv, line 1: the first line must name the columns text and label")]
    [InlineData("a.csv", "text,label\nhello \"you\" there,1\n", "a.csv, line 2: a quotation mark is out of place")]
    [InlineData("a.csv", "", "a.csv: the file is empty")]
    [InlineData("a.jsonl", "{\"label\":\"ham\",\"content\":\"x\"}\n{\"label\":\"ham\",\n", "a.jsonl, line 2: it is not JSON")]
    [InlineData("a.jsonl", "{\"label\":\"ham\"}\n", "a.jsonl, line 1: it has no “content”")]
    [InlineData("a.jsonl", "{\"label\":\"ham\",\"content\":7}\n", "a.jsonl, line 1: its “content” is not text")]
    public async Task A_wrong_file_is_told_in_one_line_that_names_it_and_the_line(string name, string content, string says)
    {
        var run = await RunAsync("spam", "evaluate", Write(name, content), "--json");

        Assert.Equal((1, ""), (run.Code, run.Output));
        Assert.EndsWith(says, run.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(1, "there is no such file", "spam", "evaluate", "missing.csv")]
    [InlineData(2, "FILE", "spam", "evaluate")]
    [InlineData(2, "evaluate", "spam")]
    [InlineData(2, "--nonsense", "spam", "evaluate", "--nonsense")]
    public async Task What_is_missing_is_told_in_one_line(int code, string says, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_open_sets_are_read()
    {
        var run = await RunAsync(["spam", "evaluate", .. Directory.EnumerateFiles(OpenSets(), "*.jsonl").Order(StringComparer.Ordinal), "--learn", "--json"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        using var report = JsonDocument.Parse(run.Output);
        // The model has learned these: this shows that they are read, not how good it is (models/spam.md).
        Assert.InRange(report.RootElement.GetProperty("pooled").GetProperty("n").GetInt32(), 2_000, 2_700);
        Assert.InRange(report.RootElement.GetProperty("pooled").GetProperty("auc").GetDouble(), 0.95, 1);
    }

    private static string OpenSets()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "data", "spam", "wordpress-real");
            if (Directory.Exists(folder)) return folder;
        }
        Assert.Skip("shared/data/spam is not on this machine");
        return "";
    }

    private static string Line(string label, string author, string content, string type = "comment") =>
        JsonSerializer.Serialize(new { id = "1", author, author_email = "a@b.example", author_url = "", author_ip = "198.51.100.7", type, label, content }) + "\n";

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return file;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = BroadsheetProgram.With(arguments);
        start.WorkingDirectory = _folder.FullName;
        return BroadsheetProgram.RunAsync(start, null);
    }
}
