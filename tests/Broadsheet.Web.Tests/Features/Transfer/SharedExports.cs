using System.Globalization;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>The exports that lie beside the repository, with the counts that their MANIFEST gives.</summary>
internal static class SharedExports
{
    public sealed record Entry(string File, string Name, int Posts, int Pages, int Attachments, int Comments, int Categories, int Tags, int Terms, int Authors, bool IsWellFormed);

    public static List<Entry> All()
    {
        var folder = Find();
        if (folder is null) Assert.Skip("There is no shared/data/wxr beside the repository.");
        var entries = new List<Entry>();
        foreach (var line in File.ReadLines(Path.Combine(folder, "MANIFEST.md")).Where(l => l.StartsWith("| open |", StringComparison.Ordinal)))
        {
            var cells = line.Split('|').Select(c => c.Trim().Trim('*')).ToArray();
            if (cells.Length < 17 || cells[13].Split('/') is not [var categories, var tags, var terms]) continue;
            entries.Add(new Entry(Path.Combine(folder, cells[2]), cells[2], Int(cells[5]), Int(cells[6]), Int(cells[7]), Int(cells[8]), Int(categories), Int(tags), Int(terms), Int(cells[14]), cells[16] == "yes"));
        }
        Assert.True(entries.Count > 30, "the MANIFEST is read");
        return entries;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data", "wxr"))) return Path.Combine(folder.FullName, "shared", "data", "wxr");
        return null;
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
