using System.Globalization;

namespace Broadsheet.Web.Features.Demo;

/// <summary>An article of the sample publication, as its file has it.</summary>
/// <param name="DaysAgo">Before the day on which the demo starts.</param>
internal sealed record SampleArticle(int DaysAgo, string Category, IReadOnlyList<string> Tags, string Author, SampleCredit? Credit, string Title, string Body);

internal sealed record SampleCredit(string Outlet, int DaysAgo, string Url, string? Author);

/// <summary>The sample publication's words: all our own, all invented. They travel inside the program.</summary>
internal static class SampleText
{
    public static IReadOnlyList<SampleArticle> Articles { get; } = [.. Read("articles.md").Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select(Article)];

    /// <summary>Comments, in the order in which a discussion might go.</summary>
    public static IReadOnlyList<string> Comments { get; } = ReadComments();

    public static IReadOnlyList<string> Commenters { get; } = Read("authors.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary><c>=== days | category | tags | author [| credit: outlet; days; url; author]</c>, then <c># headline</c>, then Markdown.</summary>
    private static SampleArticle Article(string text)
    {
        var lines = text.Split('\n', 3);
        var head = lines[0].Split('|', StringSplitOptions.TrimEntries);
        return new SampleArticle(int.Parse(head[0], CultureInfo.InvariantCulture), head[1], head[2].Split(',', StringSplitOptions.TrimEntries), head[3], head.Length > 4 ? Credit(head[4]) : null, lines[1][2..].Trim(), lines[2].Trim());
    }

    private static SampleCredit Credit(string text)
    {
        var parts = text["credit:".Length..].Split(';', StringSplitOptions.TrimEntries);
        return new SampleCredit(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3].Length > 0 ? parts[3] : null);
    }

    /// <summary>A comment a line; one that begins with <c>&gt;</c> goes on after the empty line.</summary>
    private static List<string> ReadComments()
    {
        var comments = new List<string>();
        foreach (var line in Read("comments.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (comments.Count > 0 && comments[^1].StartsWith('>') && !comments[^1].Contains('\n', StringComparison.Ordinal)) comments[^1] += $"\n\n{line}";
            else comments.Add(line);
        }
        return comments;
    }

    private static string Read(string name)
    {
        using var stream = typeof(SampleText).Assembly.GetManifestResourceStream($"Broadsheet.Web.Features.Demo.Sample.{name}") ?? throw new InvalidOperationException($"The program lacks its sample {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
