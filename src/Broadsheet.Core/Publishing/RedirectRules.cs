using System.Collections.Frozen;

namespace Broadsheet.Core.Publishing;

/// <summary>All rules of a publication, by what they are asked for: the longest that fits wins, one with a query before one without.</summary>
public sealed class RedirectRules
{
    private readonly FrozenDictionary<string, RedirectRule> _exact;
    private readonly RedirectRule[] _prefixes;

    public RedirectRules(IEnumerable<RedirectRule> rules)
    {
        var all = rules.ToList();
        _exact = all.Where(r => !r.IsPrefix).DistinctBy(r => r.From, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(r => r.From, StringComparer.OrdinalIgnoreCase);
        _prefixes = [.. all.Where(r => r.IsPrefix).OrderByDescending(r => r.From.Length)];
    }

    /// <param name="path">Decoded, from <c>/</c>.</param>
    /// <param name="query">With its question mark; empty for none.</param>
    /// <returns>The rule and the path that it was found by; null where none fits.</returns>
    public (RedirectRule Rule, string Path)? Find(string path, string query = "")
    {
        if (_exact.Count == 0 && _prefixes.Length == 0) return null;
        var plain = path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/";
        if (query.Length > 1 && _exact.TryGetValue(plain + query, out var asked)) return (asked, plain + query);
        if (_exact.TryGetValue(plain, out var exact)) return (exact, plain);
        return Array.Find(_prefixes, p => p.Leads(plain)) is { } prefix ? (prefix, plain) : null;
    }

    /// <summary>With one more rule, a reader would be sent round in a circle.</summary>
    public static bool IsCircle(IEnumerable<RedirectRule> rules, RedirectRule added)
    {
        var all = new RedirectRules(rules.Where(r => !string.Equals(r.From, added.From, StringComparison.OrdinalIgnoreCase)).Append(added));
        var at = added.IsPrefix ? $"{added.From[..^1]}x" : added.From;
        for (var steps = 0; steps < 20; steps++)
        {
            var (path, query) = at.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? (at[..mark], at[mark..]) : (at, "");
            if (all.Find(path, query) is not { } found || found.Rule.Kind == RedirectKind.Gone) return false;
            var next = found.Rule.TargetOf(found.Path);
            if (next[0] != '/' || RedirectRule.Normalise(next) is not { } there) return false;
            at = there;
        }
        return true;
    }
}
