using System.Globalization;
using System.Text.RegularExpressions;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>The real exports under <c>shared/data/wxr</c> and what their MANIFEST says of them.</summary>
internal static partial class WxrSamples
{
    public static string? Folder { get; } = Find();

    public static string RequireFolder()
    {
        if (Folder is null) Assert.Skip("shared/data/wxr is not on this machine");
        return Folder!;
    }

    public static IReadOnlyList<Row> Rows { get; } = Folder is null ? [] : [.. Read(Path.Combine(Folder, "MANIFEST.md"))];

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "shared", "data", "wxr");
            if (File.Exists(Path.Combine(found, "MANIFEST.md"))) return found;
        }

        return null;
    }

    private static IEnumerable<Row> Read(string manifest)
    {
        foreach (var line in File.ReadLines(manifest))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length != 18 || cells[1] is "split" or "---") continue;
            var terms = cells[13].Split('/').Select(Number).ToArray();
            yield return new Row(cells[2].Trim('*'), Number(cells[3]), cells[4])
            {
                Posts = Number(cells[5]),
                Pages = Number(cells[6]),
                Attachments = Number(cells[7]),
                Comments = Number(cells[8]),
                Nested = Number(cells[9]),
                MaxDepth = Number(cells[10]),
                Pings = Number(cells[11]),
                Approvals = ApprovalCell().Matches(cells[12]).ToDictionary(m => m.Groups[1].Value, m => Number(m.Groups[2].Value), StringComparer.Ordinal),
                Categories = terms[0],
                Tags = terms[1],
                Terms = terms[2],
                Authors = Number(cells[14]),
                Language = cells[15],
                Fault = cells[16] == "yes" ? null : cells[16]["no: ".Length..],
            };
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("'([^']*)': ([0-9]+)")]
    private static partial Regex ApprovalCell();

    internal sealed record Row(string File, long Bytes, string Version)
    {
        public long Posts { get; init; }
        public long Pages { get; init; }
        public long Attachments { get; init; }
        public long Comments { get; init; }
        public long Nested { get; init; }
        public long MaxDepth { get; init; }
        public long Pings { get; init; }
        public Dictionary<string, long> Approvals { get; init; } = [];
        public long Categories { get; init; }
        public long Tags { get; init; }
        public long Terms { get; init; }
        public long Authors { get; init; }
        public string Language { get; init; } = "";
        /// <summary>What makes it malformed, or null.</summary>
        public string? Fault { get; init; }

        /// <summary>
        /// Whether the fault names this line. The MANIFEST cuts a fault after 40 characters, so its number may be only the
        /// beginning; and an end of file counts on the line of the last line break or on the empty one after it.
        /// </summary>
        public bool IsFaultLine(int line)
        {
            var named = FaultPlace().Match(Fault!).Groups[1].Value;
            return Fault!.Length == 40
                ? line.ToString(CultureInfo.InvariantCulture).StartsWith(named, StringComparison.Ordinal)
                : line - Number(named) is 0 or 1;
        }

        public Stream Open() => System.IO.File.OpenRead(Path.Combine(RequireFolder(), File));
    }

    [GeneratedRegex("line ([0-9]+)")]
    private static partial Regex FaultPlace();
}
