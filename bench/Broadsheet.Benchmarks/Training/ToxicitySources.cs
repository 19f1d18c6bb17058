using System.Text.RegularExpressions;

namespace Broadsheet.Benchmarks.Training;

/// <summary>Reads the open sets of abuse. What only tells the set (mentions, RT, placeholders of addresses) is taken off.</summary>
internal static partial class ToxicitySources
{
    public static List<LabelledComment> Read(string folder)
    {
        var root = Path.Combine(folder, "toxicity");
        var all = new List<LabelledComment>();
        all.AddRange(SpamSources.Table(Path.Combine(root, "davidson", "labeled_data.csv"), ",").Select(r => Comment("davidson", r["tweet"], r["class"] != "2", 0.7f)));
        all.AddRange(File.ReadLines(Path.Combine(root, "olid", "olid-training-v1.0.tsv")).Skip(1).Select(l => l.Split('\t')).Where(p => p.Length >= 3).Select(p => Comment("olid", p[1], p[2] == "OFF", 1)));
        all.AddRange(SpamSources.Table(Path.Combine(root, "jigsaw-sample", "test_examples.csv"), ",").Select(r => Comment("jigsaw-sample", r["comment_text"], r.Any(f => f.Key != "comment_text" && f.Value == "1"), 1)));
        all.AddRange(SpamSources.Table(Path.Combine(root, "youtube-toxicity", "toxic_comments.csv"), ",").Select(r => Comment("youtube-toxicity", r.First().Value, r["IsToxic"] == "TRUE", 1)));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. all.Where(c => c.Text.Length > 0 && seen.Add($"{c.Source}\n{c.Text}"))];
    }

    private static LabelledComment Comment(string source, string text, bool isToxic, float weight) =>
        new(source, SetMarks().Replace(text, " ").Trim(' ', '!', ':', '"'), "", "", isToxic, weight, IsMeasured: true);

    [GeneratedRegex(@"@\w+|\bRT\b|\bURL\b|https?://\S+|&#\d+;", RegexOptions.NonBacktracking)]
    private static partial Regex SetMarks();
}
