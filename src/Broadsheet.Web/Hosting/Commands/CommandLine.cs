using System.CommandLine;
using Broadsheet.Core;

namespace Broadsheet.Web.Hosting.Commands;

/// <summary>What all commands share: <c>--data</c>, <c>--urls</c>, configuration as <c>--Section:Key=value</c>, exit codes, one-line errors.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>A node that is told to stop drains first (<c>Hosting:DrainSeconds</c>, 60 at most), then ends what it has begun.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(90);

    public static Option<string> Data { get; } = new("--data") { Description = "The data folder", DefaultValueFactory = _ => "./data", Recursive = true };

    public static Option<string?> Urls { get; } = new("--urls") { Description = "Where to listen, such as http://localhost:5000", Recursive = true };

    private static Option<string[]> Configured { get; } = new("--configured") { Hidden = true, Recursive = true };

    public static Option<bool> Json { get; } = new("--json") { Description = "Report as one JSON object on standard output" };

    public static async Task<int> RunAsync(string[] args, params Command[] commands)
    {
        var root = new RootCommand("Broadsheet: a news publication with its readers' discussion") { TreatUnmatchedTokensAsErrors = false };
        root.Options.Add(Data);
        root.Options.Add(Urls);
        root.Options.Add(Configured);
        foreach (var command in commands) root.Subcommands.Add(command);
        var own = Gather(args);
        var parsed = root.Parse(own.Length == 0 || (own[0].StartsWith('-') && own[0] is not ("-h" or "--help" or "-?" or "--version")) ? ["serve", .. own] : own);
        if (parsed.Errors.Count == 0 && string.IsNullOrWhiteSpace(parsed.GetValue(Data))) return Misuse("--data is empty: name a folder.");
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
        {
            // An unknown word first: "a command is missing" would not say what is wrong.
            var command = parsed.CommandResult.Command;
            var problem = parsed.UnmatchedTokens.Count > 0 ? $"unknown {(command.Subcommands.Count > 0 ? "command" : "argument")} '{parsed.UnmatchedTokens[0]}'"
                : command.Subcommands.Count > 0 ? $"'{command.Name}' wants one of: {string.Join(", ", command.Subcommands.Select(s => s.Name))}" : parsed.Errors[0].Message.ReplaceLineEndings(" ");
            await Console.Error.WriteLineAsync($"broadsheet: {problem} (see broadsheet {PathOf(command)}--help)");
            return WrongUsage;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestStop });
    }

    private static string PathOf(Command command) => command is RootCommand ? "" : $"{string.Concat(command.Parents.OfType<Command>().Select(PathOf))}{command.Name} ";

    public static int Fail(string message)
    {
        Console.Error.WriteLine($"broadsheet: {message.ReplaceLineEndings(" ")}");
        return Failed;
    }

    /// <summary>The command was given wrongly; nothing was done.</summary>
    public static int Misuse(string message)
    {
        Fail(message);
        return WrongUsage;
    }

    public static int Fail(Problem problem) => Fail(problem.Message);

    /// <summary>What ASP.NET Core reads its configuration from.</summary>
    public static string[] SiteArguments(ParseResult parsed)
    {
        IEnumerable<string> configured = (parsed.GetValue(Configured) ?? []).Select(c => $"--{c}");
        return parsed.GetValue(Urls) is { } urls ? [.. configured, "--urls", urls] : [.. configured];
    }

    /// <summary><c>--Section:Key=value</c> and <c>--Section:Key value</c> are configuration, put behind one option; the rest is the command's own.</summary>
    private static string[] Gather(string[] args)
    {
        var (own, configured) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !args[i].Split('=')[0].Contains(':', StringComparison.Ordinal)) own.Add(args[i]);
            else if (args[i].Contains('=', StringComparison.Ordinal) || i + 1 == args.Length) configured.Add(args[i][2..]);
            else configured.Add($"{args[i][2..]}={args[++i]}");
        }
        return [.. own, .. configured.Select(c => $"{Configured.Name}={c}")];
    }
}
