using System.Globalization;
using Spectre.Console;

namespace Broadsheet.Web.Features.Transfer;

/// <summary>The report of an import for a person.</summary>
internal static class ImportTable
{
    /// <summary>How many skips and warnings are listed; all are counted.</summary>
    private const int Listed = 40;

    public static void Write(ImportReport report, bool isDryRun, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Interactive = InteractionSupport.No });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (var head in (string[])["read", "written", "already here", "skipped"]) table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var (kind, count) in report.Kinds)
            table.AddRow(kind, Number(count.Read), isDryRun ? "–" : Number(count.Written), isDryRun ? "–" : Number(count.Present), isDryRun ? "–" : Number(count.Skipped));
        console.Write(table);
        List(console, "Skipped or noted", report.Skips, report.SkipCount);
        List(console, "Warnings", report.Warnings, report.First.Survey.WarningCount);
        foreach (var fact in report.Facts) console.WriteLine(fact);
        var rate = report.Elapsed.TotalSeconds > 0 ? report.Progress.Comments.Written / report.Elapsed.TotalSeconds : 0;
        console.WriteLine(isDryRun ? string.Create(CultureInfo.InvariantCulture, $"Read in {report.Elapsed.TotalSeconds:0.0} seconds. Nothing was written.")
            : string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds:0.0} seconds, {rate:N0} comments a second; no write held the database for longer than {report.LongestTransaction.TotalMilliseconds:0} ms."));
    }

    private static void List(IAnsiConsole console, string heading, IReadOnlyList<ImportNote> notes, long all)
    {
        if (all == 0) return;
        console.WriteLine($"{heading}: {Number(all)}");
        foreach (var note in notes.Take(Listed)) console.WriteLine($"  {note}");
        if (all > Listed) console.WriteLine($"  … and {Number(all - Math.Min(Listed, notes.Count))} more");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
