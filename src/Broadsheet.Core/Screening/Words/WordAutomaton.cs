namespace Broadsheet.Core.Screening.Words;

/// <summary>
/// Finds all of many patterns in one pass over a text (Aho and Corasick, 1975): about two steps a character, however many patterns there are.
/// Nodes lie level by level in flat arrays, 18 bytes each.
/// </summary>
internal sealed class WordAutomaton
{
    private const int None = -1;

    private readonly string[] _patterns;
    private readonly int[] _ids;
    private readonly char[] _label;
    private readonly int[] _firstChild;
    private readonly int[] _fail;
    private readonly int[] _pattern;
    private readonly int[] _shorter;
    private readonly int[] _fromRoot = new int[128];

    /// <param name="patterns">None empty; equal ones are all reported.</param>
    public WordAutomaton(IReadOnlyList<string> patterns)
    {
        _ids = [.. Enumerable.Range(0, patterns.Count)];
        _patterns = [.. patterns];
        Array.Sort(_patterns, _ids, StringComparer.Ordinal);
        var nodes = new Nodes(_patterns);
        (_label, _firstChild, _pattern) = (nodes.Label, nodes.FirstChild, nodes.Pattern);
        (_fail, _shorter) = (new int[_label.Length], new int[_label.Length]);
        Array.Fill(_shorter, None);
        for (var c = 0; c < _fromRoot.Length; c++) _fromRoot[c] = Child(0, (char)c);
        Link();
    }

    public int Count => _label.Length;

    /// <param name="found">Gets the pattern's number and the place after its last character; says whether to go on.</param>
    /// <returns>Steps made: what the search cost.</returns>
    public long Search(ReadOnlySpan<char> text, Func<int, int, bool> found)
    {
        var (node, steps) = (0, 0L);
        for (var at = 0; at < text.Length; at++)
        {
            int next;
            steps++;
            while ((next = node == 0 ? Root(text[at]) : Child(node, text[at])) == None && node != 0)
            {
                node = _fail[node];
                steps++;
            }
            node = next == None ? 0 : next;
            for (var one = _pattern[node] == None ? _shorter[node] : node; one != None; one = _shorter[one])
            {
                steps++;
                for (var i = _pattern[one]; i < _patterns.Length && (i == _pattern[one] || _patterns[i] == _patterns[i - 1]); i++)
                    if (!found(_ids[i], at + 1)) return steps;
            }
        }
        return steps;
    }

    private int Root(char c) => c < _fromRoot.Length ? _fromRoot[c] : Child(0, c);

    private int Child(int node, char c)
    {
        var (low, high) = (_firstChild[node], _firstChild[node + 1] - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_label[middle] == c) return middle;
            if (_label[middle] < c) low = middle + 1;
            else high = middle - 1;
        }
        return None;
    }

    // Level by level: a node's longest suffix that is also a beginning, and the nearest such that is a whole pattern.
    private void Link()
    {
        for (var node = 0; node < _label.Length; node++)
        {
            for (var child = _firstChild[node]; child < _firstChild[node + 1]; child++)
            {
                var suffix = 0;
                if (node != 0)
                {
                    var at = _fail[node];
                    while ((suffix = Child(at, _label[child])) == None && at != 0) at = _fail[at];
                    if (suffix == None) suffix = 0;
                }
                _fail[child] = suffix;
                _shorter[child] = _pattern[suffix] != None ? suffix : _shorter[suffix];
            }
        }
    }

    private sealed class Nodes
    {
        public Nodes(string[] sorted)
        {
            var (label, first, pattern) = (new List<char> { '\0' }, new List<int>(), new List<int> { None });
            // A node is the range of patterns that begin with it.
            var level = new List<(int From, int To)> { (0, sorted.Length) };
            for (var depth = 0; level.Count > 0; depth++)
            {
                var next = new List<(int, int)>();
                foreach (var (from, to) in level)
                {
                    first.Add(label.Count);
                    for (var at = from; at < to;)
                    {
                        if (sorted[at].Length == depth)
                        {
                            at++;
                            continue;
                        }
                        var (start, c) = (at, sorted[at][depth]);
                        while (at < to && sorted[at][depth] == c) at++;
                        label.Add(c);
                        pattern.Add(sorted[start].Length == depth + 1 ? start : None);
                        next.Add((start, at));
                    }
                }
                level = next;
            }
            first.Add(label.Count);
            (Label, FirstChild, Pattern) = ([.. label], [.. first], [.. pattern]);
        }

        public char[] Label { get; }
        public int[] FirstChild { get; }
        public int[] Pattern { get; }
    }
}
