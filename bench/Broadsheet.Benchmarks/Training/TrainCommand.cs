using System.CommandLine;
using System.Globalization;
using System.Text;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Benchmarks.Training;

/// <summary><c>train-models --data DIR [--to models]</c>: measures across sources, then writes each model and the page that says how good it is.</summary>
internal static class TrainCommand
{
    public const string Name = "train-models";

    private const int Seed = 1;

    private static readonly Option<string> Data = new("--data") { Required = true, Description = "The folder of open sets" };
    private static readonly Option<string> To = new("--to") { Description = "Where the models go", DefaultValueFactory = _ => "models" };
    private static readonly Option<string> Templates = new("--templates") { Description = "Our own sentences", DefaultValueFactory = _ => "bench/Broadsheet.Benchmarks/Training/templates.txt" };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "Trains the base models") { Data, To, Templates };
        command.SetAction(parsed =>
        {
            Directory.CreateDirectory(parsed.GetValue(To)!);
            Spam(parsed.GetValue(Data)!, parsed.GetValue(Templates)!, parsed.GetValue(To)!);
            Toxicity(parsed.GetValue(Data)!, parsed.GetValue(To)!);
        });
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    public static void Spam(string data, string templates, string to)
    {
        var trainer = new ModelTrainer(epochs: 3, rate: 0.1f, decay: 1e-4f, traitRate: 0.1f);
        var set = ExampleSet.OfSpam(data, templates);
        var result = CrossSource.Measure(trainer, set, Seed);
        var without = CrossSource.Measure(trainer, set with { All = [.. set.All.Where(e => e.Source != MadeExamples.Source)] }, Seed);
        Write(to, "spam", new TextModel(ModelKind.Spam, trainer.Train(set.All, Seed), (float)result.Threshold), ModelCard.OfSpam(result, without, OnlineFigures.Table(trainer, set, data, Seed), set.All.Count));
    }

    public static void Toxicity(string data, string to)
    {
        var trainer = new ModelTrainer(epochs: 3, rate: 0.1f, decay: 1e-4f, traitRate: 0.02f);
        var set = ExampleSet.OfToxicity(data);
        var result = CrossSource.Measure(trainer, set, Seed);
        var model = new TextModel(ModelKind.Toxicity, trainer.Train(set.All, Seed), (float)result.Threshold);
        Write(to, "toxicity", model, ModelCard.OfToxicity(result, Groups(model), set.All.Count));
    }

    private static string Groups(TextModel model)
    {
        var table = new StringBuilder("| group | ≥ 0.5 | acted on | mean score |\n|---|---:|---:|---:|\n");
        var scored = NeutralSentences.ForMeasuring().Select(s => (s.Group, Score: model.Score(ScreeningFeatures.Of(s.Comment.Text, "", "", []), learned: null))).ToArray();
        foreach (var group in scored.GroupBy(s => s.Group, StringComparer.Ordinal))
            Row(table, group.Key + (NeutralSentences.UnseenGroups.Contains(group.Key) ? " (in no training sentence)" : ""), [.. group.Select(g => g.Score)], model.Threshold);
        Row(table, "**all**", [.. scored.Select(s => s.Score)], model.Threshold);
        return table.ToString();
    }

    private static void Row(StringBuilder table, string name, double[] scores, double threshold) =>
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {100.0 * scores.Count(s => s >= 0.5) / scores.Length:0} | {100.0 * scores.Count(s => s >= threshold) / scores.Length:0} | {scores.Average():0.00} |\n");

    private static void Write(string to, string name, TextModel model, string card)
    {
        using (var file = File.Create(Path.Combine(to, $"{name}.model"))) ModelFile.Write(model, file);
        File.WriteAllText(Path.Combine(to, $"{name}.md"), card);
        Console.WriteLine(card);
    }
}
