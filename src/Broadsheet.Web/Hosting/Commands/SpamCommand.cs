using System.CommandLine;
using System.Text.Json;
using Broadsheet.Web.Features.Moderation.Models;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary><c>spam evaluate FILE…</c>: how well the spam model does on comments whose label is known. Needs no publication.</summary>
internal static class SpamCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Comma-separated values text,label (1 = spam, 0 = wanted), or JSON lines of whole comments", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Learn = new("--learn") { Description = "Learn each label after its comment was scored" };

    public static Command Create()
    {
        var evaluate = new Command("evaluate", "Measures the spam model on labelled comments") { Files, Learn, CommandLine.Json };
        evaluate.SetAction(parsed => Evaluate(parsed.GetValue(Files)!, parsed.GetValue(Learn), parsed.GetValue(CommandLine.Json)));
        return new Command("spam", "The model that looks for spam") { evaluate };
    }

    private static int Evaluate(string[] files, bool learns, bool json)
    {
        // What looks like an option and is none would be taken for a file.
        if (files.FirstOrDefault(f => f.StartsWith('-') && !File.Exists(f)) is { } odd) return CommandLine.Misuse($"unknown argument '{odd}' (see broadsheet spam evaluate --help)");
        var model = BaseModels.Load(Site.ProgramFolder, line => Console.Error.WriteLine($"broadsheet: {line}")).Spam;
        var evaluation = new SpamEvaluation(model, learns);
        try
        {
            // A wrong file is found before anything is measured.
            var sources = files.Select(f => (Name: NameOf(f, files), Comments: LabelledComments.Read(f))).ToArray();
            foreach (var (name, comments) in sources) evaluation.Add(name, comments);
        }
        catch (LabelledCommentsException wrong)
        {
            return CommandLine.Fail(wrong.Message);
        }
        var report = evaluation.Report();
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(report, SpamReportJson.Default.SpamReport));
        else SpamTable.Write(report, model.Threshold, Console.Out);
        return CommandLine.Done;
    }

    /// <summary>The file's name; where two are named alike, as it was given.</summary>
    private static string NameOf(string file, string[] files) => files.Count(f => Path.GetFileName(f) == Path.GetFileName(file)) > 1 ? file : Path.GetFileName(file);
}
