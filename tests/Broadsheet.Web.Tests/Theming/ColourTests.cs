using System.Globalization;
using System.Text.RegularExpressions;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Theming;

namespace Broadsheet.Web.Tests.Theming;

/// <summary>Every look's colours can be read, on paper and at night (WCAG 2.2, 1.4.3: contrast of 4.5).</summary>
public sealed class ColourTests
{
    private static readonly string Folder = Path.Combine(Site.ProgramFolder, "themes", ThemeStore.Usual);

    public static TheoryData<string, bool> Looks
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var choice in ThemeManifest.Read(Folder).Looks!.Single(l => l.Id == "colours").Choices.Select((c, i) => i == 0 ? "" : c.Id))
                foreach (var isDark in (bool[])[false, true]) data.Add(choice, isDark);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public void Words_stand_out_from_what_is_behind_them(string look, bool isDark)
    {
        var colours = ColoursOf(look, isDark);
        foreach (var front in (string[])["ink", "soft", "accent"])
            foreach (var back in (string[])["paper", "note", "field"])
                Assert.True(Contrast(colours[front], colours[back]) >= 4.5, $"{look} {(isDark ? "at night" : "by day")}: {front} {colours[front]} on {back} {colours[back]} has {Contrast(colours[front], colours[back]):0.00}");
        Assert.True(Contrast(colours["paper"], colours["ink"]) >= 7);
    }

    [Fact]
    public void Each_look_that_is_offered_has_its_rule() =>
        Assert.All(ThemeManifest.Read(Folder).Looks!.SelectMany(l => l.Choices.Skip(1).Select(c => $"{l.Id}-{c.Id}")), c => Assert.Contains($":root.{c} ", Css, StringComparison.Ordinal));

    private static readonly string Css = File.ReadAllText(Path.Combine(Folder, "assets", "site.css"));

    /// <summary>As the cascade leaves them: the usual, the usual at night, the look's, the look's at night.</summary>
    private static Dictionary<string, string> ColoursOf(string look, bool isDark)
    {
        var colours = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var selector in look.Length == 0 ? (string[])[":root"] : [":root", $":root.colours-{look}"])
        {
            var rules = Regex.Matches(Css, $@"(?<![\w.-]){Regex.Escape(selector)} \{{(?<body>[^}}]*)\}}", RegexOptions.None, TimeSpan.FromSeconds(2));
            foreach (var rule in rules.Where(r => !IsWithin("print", r.Index) && (isDark || !IsWithin("(prefers-color-scheme: dark)", r.Index))))
                foreach (Match colour in Regex.Matches(rule.Groups["body"].Value, "--(?<name>[a-z-]+): (?<value>#[0-9a-f]{3,6});", RegexOptions.None, TimeSpan.FromSeconds(1))) colours[colour.Groups["name"].Value] = colour.Groups["value"].Value;
        }
        return colours;
    }

    /// <summary>The last query for this medium that opens before the place is not closed yet.</summary>
    private static bool IsWithin(string medium, int at)
    {
        var opened = Css.LastIndexOf($"@media {medium}", at, StringComparison.Ordinal);
        if (opened < 0) return false;
        var depth = 0;
        for (var i = opened; i < at; i++)
        {
            depth += Css[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0 && Css[i] == '}') return false;
        }
        return true;
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var hex = colour.Length == 4 ? string.Concat(colour.Skip(1).Select(c => $"{c}{c}")) : colour[1..];
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
