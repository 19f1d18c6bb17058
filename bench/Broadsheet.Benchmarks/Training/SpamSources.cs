using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Broadsheet.Benchmarks.Training;

/// <summary>Reads the open sets (a folder as its MANIFEST.md describes). Rows that are not labelled spam or ham, and pings, are dropped.</summary>
internal static class SpamSources
{
    /// <summary>Comments of blogs weigh at least so much.</summary>
    public const float RealWeight = 0.99f;

    // The comments that their owner approved without a look: by hand, these are by people; the rest is spam.
    private static readonly HashSet<string> PeopleOfHuaienyao = ["Wyane", "W", "解离离", "zwwooooo", "万戈", "碎片", "可怜的娃", "TF`", "yujin", "shining", "1", "滕州"];

    public static List<LabelledComment> Read(string folder)
    {
        var all = new List<LabelledComment>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "wordpress-real"), "*.jsonl").Order(StringComparer.Ordinal)) all.AddRange(Lines(file, 1));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "static-comments"), "*.jsonl").Order(StringComparer.Ordinal)) all.AddRange(Lines(file, 0.5f));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "youtube"), "*.csv").Order(StringComparer.Ordinal))
            all.AddRange(Table(file, ",").Select(r => new LabelledComment(Path.GetFileNameWithoutExtension(file), r["CONTENT"], r["AUTHOR"], "", r["CLASS"] == "1", 0.6f)));
        all.AddRange(Table(Path.Combine(folder, "id-gambling", "online_gambling_yt_comments.csv"), ",").Select(r => new LabelledComment("id-gambling", r["text"], "", "", r["label"] == "1", 0.2f)));
        all.AddRange(File.ReadLines(Path.Combine(folder, "sms", "SMSSpamCollection.tsv")).Skip(1).Select(l => l.Split('\t', 2)).Where(p => p.Length == 2).Select(p => new LabelledComment("sms", p[1], "", "", p[0] == "spam", 0.1f)));
        foreach (var label in (string[])["spam", "ham"])
            all.AddRange(File.ReadLines(Path.Combine(folder, "telegram-group", $"{label}-samples.txt")).Where(l => l.Trim().Length > 0).Select(l => new LabelledComment("telegram", l, "", "", label == "spam", 0.4f)));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. all.Where(c => seen.Add($"{c.Source}\n{c.Author}\n{string.Join(' ', c.Text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}"))];
    }

    /// <summary>Words, phrases and addresses of published block lists, each as a comment that has nothing else.</summary>
    public static IEnumerable<LabelledComment> BlockLists(string folder, TemplateBook book, int count)
    {
        var entries = File.ReadLines(Path.Combine(folder, "lists", "splorp-blacklist.txt")).Where(l => l.Length is > 5 and < 40).ToArray();
        for (var i = 0; i < count; i++)
        {
            var (one, other) = (entries[book.Next(entries.Length)].Trim('.', '/', '@'), entries[book.Next(entries.Length)]);
            yield return new LabelledComment("lists", book.Make("flattery"), one, one.Contains('.', StringComparison.Ordinal) ? $"http://{one}" : $"http://{one.Replace(' ', '-')}.com/{other.Replace(' ', '-')}", IsSpam: true, 0.2f);
        }
    }

    private static IEnumerable<LabelledComment> Lines(string file, float weight)
    {
        var source = Path.GetFileNameWithoutExtension(file);
        foreach (var line in File.ReadLines(file))
        {
            using var row = JsonDocument.Parse(line);
            string Field(string name) => row.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
            if (Field("type") is not ("comment" or "")) continue;
            var label = Field("label");
            var isByHand = label == "unlabelled" && source is "huaienyao-approved" or "dk-exp" or "dagnamusic";
            if (isByHand) yield return new LabelledComment(source, Field("content"), Field("author"), Field("author_url"), !(source == "huaienyao-approved" && PeopleOfHuaienyao.Contains(Field("author"))), weight * RealWeight);
            else if (label is "spam" or "ham") yield return new LabelledComment(source, Field("content"), Field("author"), Field("author_url"), label == "spam", weight, IsMeasured: weight == 1);
        }
    }

    internal static IEnumerable<Dictionary<string, string>> Table(string file, string delimiter)
    {
        using var reader = new CsvReader(new StreamReader(file), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, BadDataFound = null });
        reader.Read();
        reader.ReadHeader();
        while (reader.Read()) yield return reader.HeaderRecord!.ToDictionary(h => h, h => reader.GetField(h) ?? "", StringComparer.Ordinal);
    }
}
