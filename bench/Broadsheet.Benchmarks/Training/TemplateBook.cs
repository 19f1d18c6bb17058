using System.Text;

namespace Broadsheet.Benchmarks.Training;

/// <summary>Makes sentences of <c>templates.txt</c>: the same ones from the same seed.</summary>
internal sealed class TemplateBook
{
    private static readonly string[] Syllables = ["ba", "cor", "del", "fin", "gra", "hol", "jun", "kar", "lim", "mor", "nes", "pol", "qui", "ras", "sto", "tur", "ved", "wil", "xan", "zor", "lo", "mi", "ta", "ren"];
    private static readonly string[] Zones = ["com", "com", "com", "net", "org", "info", "biz", "ru", "xyz", "co.uk", "de", "us"];

    private readonly Dictionary<string, List<string>> _kinds = [];
    private readonly Random _random;
    private string _url = "";
    private string _keyword = "";

    public TemplateBook(string file, int seed)
    {
        _random = new Random(seed);
        var kind = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            if (line.StartsWith('#') || line.Length == 0) continue;
            if (line[0] == '[' && line[^1] == ']' && line.IndexOf('$', StringComparison.Ordinal) < 0) _kinds[line[1..^1]] = kind = [];
            else kind.Add(line);
        }
    }

    public int Next(int below) => _random.Next(below);

    /// <summary>Begins an example: its keyword and address stay the same until the next.</summary>
    public (string Keyword, string Url) Begin()
    {
        _keyword = "";
        _keyword = Make("keyword");
        var host = Next(3) == 0 ? Word() + Word() : _keyword.Replace(" ", Next(2) == 0 ? "-" : "", StringComparison.Ordinal) + (Next(3) == 0 ? Word() : "");
        _url = $"http://{(Next(3) == 0 ? "www." : "")}{host}.{Zones[Next(Zones.Length)]}{(Next(2) == 0 ? $"/{_keyword.Replace(' ', '-')}{(Next(3) == 0 ? ".html" : Next(3) == 0 ? $"?id={Next(900)}" : "/")}" : "/")}";
        return (_keyword, _url);
    }

    public string Make(string kind) => Expand(_kinds[kind][Next(_kinds[kind].Count)]);

    public string Word() => string.Concat(Enumerable.Range(0, 2 + Next(2)).Select(_ => Syllables[Next(Syllables.Length)]));

    private string Expand(string template)
    {
        var at = 0;
        return Sequence(template, ref at, inChoice: false);
    }

    private string Sequence(string template, ref int at, bool inChoice)
    {
        var made = new StringBuilder();
        while (at < template.Length && !(inChoice && template[at] is '|' or '}'))
        {
            if (template[at] == '{')
            {
                at++;
                var choices = new List<string> { Sequence(template, ref at, inChoice: true) };
                while (at < template.Length && template[at] == '|')
                {
                    at++;
                    choices.Add(Sequence(template, ref at, inChoice: true));
                }
                at++;
                made.Append(choices[Next(choices.Count)]);
            }
            else if (template[at] == '$' && at + 1 < template.Length && char.IsAsciiLetter(template[at + 1]))
            {
                var from = ++at;
                while (at < template.Length && char.IsAsciiLetterLower(template[at])) at++;
                made.Append(Slot(template[from..at]));
            }
            else made.Append(template[at++]);
        }
        return made.ToString();
    }

    private string Slot(string name) => name switch
    {
        "word" => Word(),
        "name" => char.ToUpperInvariant(Word()[0]) + Word(),
        "handle" => Word() + (Next(3) == 0 ? Next(99).ToString(System.Globalization.CultureInfo.InvariantCulture) : ""),
        "number" => (10 + Next(990)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "small" => (2 + Next(90)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "url" => _url,
        "keyword" => Next(2) == 0 && _keyword.Length > 0 ? _keyword : Make("keyword"),
        _ => Make(name),
    };
}
