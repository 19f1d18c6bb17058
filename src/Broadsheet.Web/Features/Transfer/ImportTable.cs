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
        Skips(report, console);
        Warnings(report, console);
        if (!isDryRun) Facts(report, console);
        var rate = report.Elapsed.TotalSeconds > 0 ? report.Progress.Comments.Written / report.Elapsed.TotalSeconds : 0;
        console.WriteLine(isDryRun ? string.Create(CultureInfo.InvariantCulture, $"Read in {report.Elapsed.TotalSeconds:0.0} seconds. Nothing was written.")
            : string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds:0.0} seconds, {rate:N0} comments a second; no write held the database for longer than {report.LongestTransaction.TotalMilliseconds:0} ms."));
    }

    private static void Skips(ImportReport report, IAnsiConsole console)
    {
        var skips = report.First.Survey.Skips.Select(s => new ImportNote(s.Line, s.Kind, s.What)).Concat(report.Notes.All).ToList();
        List(console, "Skipped or noted", skips, report.First.Survey.SkipCount + report.Notes.Count);
    }

    private static void Warnings(ImportReport report, IAnsiConsole console)
    {
        var survey = report.First.Survey;
        List(console, "Warnings", [.. survey.Warnings.Select(w => new ImportNote(w.Line, "", w.What))], survey.WarningCount);
        if (survey.Replaced > 0) console.WriteLine($"{Number(survey.Replaced)} characters that XML forbids were replaced.");
    }

    private static void List(IAnsiConsole console, string heading, List<ImportNote> notes, long all)
    {
        if (all == 0) return;
        console.WriteLine($"{heading}: {Number(all)}");
        foreach (var note in notes.Take(Listed)) console.WriteLine($"  {(note.Line > 0 ? $"line {note.Line}: " : "")}{(note.Kind.Length > 0 ? $"{note.Kind}: " : "")}{note.What}");
        if (all > Listed) console.WriteLine($"  … and {Number(all - Math.Min(Listed, notes.Count))} more");
    }

    private static void Facts(ImportReport report, IAnsiConsole console)
    {
        var p = report.Progress;
        foreach (var (count, what) in (ReadOnlySpan<(long, string)>)
        [
            (p.CreditLines, "credit lines became source credits"), (p.MissingMedia, "places in articles show a placeholder: the file is not here"), (p.MediaStored, "media files were stored"),
            (p.MediaFailed, "media files could not be had"), (p.MissingParents, "replies to comments that the file does not hold stand at the top level"), (p.Circles, "circles of replies were cut"),
            (p.MappedIds, "ids were taken here: old links to them lead to the new ones"), (p.ImpliedNames, "authors and terms that only articles name were added"),
        ])
            if (count > 0) console.WriteLine($"{Number(count)} {what}.");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
