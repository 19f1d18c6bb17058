using System.Globalization;
using Spectre.Console;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>A report of <c>spam evaluate</c> as a table.</summary>
internal static class SpamTable
{
    private static readonly string[] Columns = ["n", "spam", "tp", "fp", "tn", "fn", "precision", "recall", "AUC", "recall\n1 % fp", "recall\n0.1 % fp", "(1−ROCA) %"];

    public static void Write(SpamReport report, double threshold, TextWriter output)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (var column in Columns) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var source in report.Sources) Add(table, source.Name, source);
        Add(table, "all together", report.Pooled);
        if (report.After100 is { } after) Add(table, $"after {SpamEvaluation.FirstLabels} labels", after);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        console.Write(table);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Called spam from a score of {threshold:0.00}. {report.MicrosecondsPerComment:0.0} µs a comment."));
    }

    private static void Add(Table table, string name, SourceFigures f) => table.AddRow(
        Markup.Escape(name), Whole(f.N), Whole(f.Spam), Whole(f.Confusion.Tp), Whole(f.Confusion.Fp), Whole(f.Confusion.Tn), Whole(f.Confusion.Fn),
        Share(f.Precision), Share(f.Recall), Share(f.Auc), Share(f.RecallAt1), Share(f.RecallAt01), Share(f.OneMinusRoca));

    private static string Whole(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
