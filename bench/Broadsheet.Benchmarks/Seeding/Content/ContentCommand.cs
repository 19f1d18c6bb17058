using System.CommandLine;

namespace Broadsheet.Benchmarks.Seeding.Content;

/// <summary><c>seed-content --out DIR [--articles 2000]</c>: the same content in three forms, for <c>bench/load/run.sh</c>.</summary>
internal static class ContentCommand
{
    public const string Name = "seed-content";

    private static readonly Option<string> Out = new("--out") { Required = true, Description = "The folder for content.xml, wordpress.sql and ghost.sql" };
    private static readonly Option<int> Articles = new("--articles") { DefaultValueFactory = _ => 2_000, Description = "With 20 comments each; two more have 200 and 1,000" };

    public static Task<int> RunAsync(string[] args)
    {
        var command = new Command(Name, "Writes one publication's content for several programs") { Out, Articles };
        command.SetAction((parsed, _) => WriteAsync(Directory.CreateDirectory(parsed.GetValue(Out)!).FullName, new SeedContent(parsed.GetValue(Articles))));
        return new RootCommand { command }.Parse(args).InvokeAsync();
    }

    private static async Task<int> WriteAsync(string folder, SeedContent content)
    {
        await WxrContent.WriteAsync(content, Path.Combine(folder, "content.xml"));
        await using (var sql = File.CreateText(Path.Combine(folder, "wordpress.sql"))) WordPressContent.Write(content, sql);
        await using (var sql = File.CreateText(Path.Combine(folder, "ghost.sql"))) GhostContent.Write(content, sql);
        Console.WriteLine($"{{\"articles\":{content.Articles},\"comments\":{content.All().Sum(a => content.CommentsOf(a.Id))}}}");
        return 0;
    }
}
