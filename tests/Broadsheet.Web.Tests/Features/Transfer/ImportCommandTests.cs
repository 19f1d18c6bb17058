using System.Diagnostics;
using System.Text.Json;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>The command line: what it prints, what it leaves, and that no moment is a bad one to be killed.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bs-import").FullName;

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task It_reports_one_object_on_standard_output()
    {
        var file = new Export().Author(2, "ann", "ann@old.example", "Ann").Item(1, "One").Comment(10, "First").Item(2, "Menu", type: "nav_menu_item").Write(_folder);
        var (code, output, errors) = await BroadsheetProgram.RunAsync("import", "wordpress", file, "--data", Data, "--json");

        Assert.Equal((0, ""), (code, errors));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["posts", "pages", "attachments", "other", "comments", "categories", "tags", "terms", "authors", "seconds"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["read", "written", "present", "skipped"], json.RootElement.GetProperty("comments").EnumerateObject().Select(p => p.Name));
        Assert.Equal((1, 1, 1, 1), (Written(json, "posts"), Written(json, "comments"), Written(json, "other"), Written(json, "authors")));
    }

    [Fact]
    public async Task A_dry_run_and_a_damaged_file_leave_nothing_behind()
    {
        var good = new Export().Item(1, "One").Comment(10, "First").Write(_folder);
        var bad = Path.Combine(_folder, "bad.xml");
        await File.WriteAllTextAsync(bad, (await File.ReadAllTextAsync(good)).Replace("Words.", "Wo\u0001rds.", StringComparison.Ordinal));

        var dry = await BroadsheetProgram.RunAsync("import", "wordpress", good, "--data", Data, "--dry-run");
        Assert.Equal((0, ""), (dry.Code, dry.Errors));
        Assert.Contains("Nothing was written", dry.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
        var failed = await BroadsheetProgram.RunAsync("import", "wordpress", bad, "--data", Data);
        Assert.Equal((1, ""), (failed.Code, failed.Output));
        Assert.Matches(@"^broadsheet: bad\.xml, line \d+, column \d+: [^\n]+\n$", failed.Errors);
        Assert.False(Directory.Exists(Data));
        var repaired = await BroadsheetProgram.RunAsync("import", "wordpress", bad, "--data", Data, "--repair");
        Assert.Equal(0, repaired.Code);
        Assert.Contains("1 characters that XML forbids were replaced", repaired.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "import", "wordpress", "/nowhere/export.xml")]
    [InlineData(2, "import", "wordpress")]
    [InlineData(2, "import", "wordpress", "x.xml", "--media", "perhaps")]
    [InlineData(2, "import", "drupal", "x.xml")]
    public async Task What_is_wrong_is_said_in_one_line(int code, params string[] arguments)
    {
        var result = await BroadsheetProgram.RunAsync([.. arguments, "--data", Data]);

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.StartsWith("broadsheet: ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Killed_again_and_again_it_ends_as_if_it_had_not_been()
    {
        var file = InterruptedImportTests.Sample().Item(20, "Longest").Thread(20_000, 4_000).Write(_folder);
        var alone = Path.Combine(_folder, "alone");
        Assert.Equal(0, (await BroadsheetProgram.RunAsync("import", "wordpress", file, "--data", alone, "--json")).Code);
        var whole = await DumpAsync(alone);

        var (kills, output) = (0, "");
        // The first start is killed before it writes; later ones a little further each.
        for (var wait = 600; output.Length == 0; wait += 150)
        {
            using var process = BroadsheetProgram.Start("import", "wordpress", file, "--data", Data, "--json");
            var reading = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            var killed = kills < 8 && !process.WaitForExit(wait);
            if (killed)
            {
                process.Kill();
                kills++;
            }
            await process.WaitForExitAsync();
            output = await reading;
            Assert.True(killed || output.Length > 0, $"after {kills} kills it ended with {process.ExitCode}: {await errors}");
        }

        Assert.True(kills >= 5, $"killed {kills} times");
        Assert.Equal(whole, await DumpAsync(Data));
        using var json = JsonDocument.Parse(output);
        Assert.Equal((5_690, 0), (Written(json, "comments"), json.RootElement.GetProperty("comments").GetProperty("present").GetInt32()));
    }

    [Fact]
    [Trait("Category", "Full")]
    public async Task Its_memory_does_not_grow_with_the_file()
    {
        var (small, large) = (await PeakAsync(10_000), await PeakAsync(60_000));

        Assert.True(large < small * 1.25, $"{small >> 20} MB for 10,000 comments, {large >> 20} MB for 60,000");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<long> PeakAsync(int comments)
    {
        var export = new Export();
        for (var i = 0; i < comments / 500; i++) export.Item(10 + i, $"Article {i}").Thread(1_000 + i * 500, 500);
        using var process = BroadsheetProgram.Start("import", "wordpress", export.Write(_folder), "--data", Path.Combine(_folder, $"data{comments}"), "--json");
        var reading = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(50))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.WorkingSet64);
        }
        await reading;
        return peak;
    }

    private static async Task<string> DumpAsync(string folder)
    {
        await using var engine = new SqliteEngine(Path.Combine(folder, "broadsheet.db"), []);
        await using var db = engine.Open();
        return await Importing.DumpAsync(db);
    }

    private static int Written(JsonDocument json, string kind) => json.RootElement.GetProperty(kind).GetProperty("written").GetInt32();
}
