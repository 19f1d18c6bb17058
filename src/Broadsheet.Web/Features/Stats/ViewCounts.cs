using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Stats;

/// <summary>One page was looked at.</summary>
/// <param name="ArticleId">0 for a page that is no article.</param>
/// <param name="Page">Which one that is; empty for an article.</param>
/// <param name="Source">The host that the reader came from; empty where nothing is known; null for a page of our own.</param>
/// <param name="Searched">What was searched for by it; null for nothing.</param>
/// <param name="Country">ISO 3166-1; null where it is not known.</param>
internal sealed record View(long ArticleId, string Page, string? Source, string? Searched, string? Country);

/// <summary>What was looked at since the last writing, in memory that is bounded: beyond <see cref="Most"/> rows, and beyond <see cref="MostNames"/> names a day, only the page itself is counted.</summary>
internal sealed class ViewCounts
{
    private const int Most = 20_000;
    private const int MostNames = 5_000;

    private readonly Dictionary<(StatKind Kind, int Day, long ArticleId, string Key), StatRow> _rows = [];
    private readonly HashSet<(StatKind Kind, long ArticleId, string Key)> _names = [];
    private readonly Lock _lock = new();
    private int _day;

    public void Count(int day, View view)
    {
        lock (_lock)
        {
            var visit = view.Source is null ? 0 : 1;
            Add(new StatRow { Kind = view.ArticleId == 0 ? StatKind.Page : StatKind.Article, Day = day, ArticleId = view.ArticleId, Key = view.Page, Views = 1, Visits = visit });
            if (view.Source is { } source) AddNamed(StatKind.Source, day, view.ArticleId, source);
            if (view.Searched is { } words) AddNamed(StatKind.Search, day, 0, words);
            if (view.Country is { } country) AddNamed(StatKind.Country, day, 0, country);
        }
    }

    /// <param name="isFirst">Nothing was said yet of how long this view lasts.</param>
    public void Read(int day, long articleId, int seconds, bool isFirst)
    {
        lock (_lock) Add(new StatRow { Kind = StatKind.Article, Day = day, ArticleId = articleId, Reads = isFirst ? 1 : 0, Seconds = seconds });
    }

    /// <summary>All of it; counting begins anew.</summary>
    public IReadOnlyList<StatRow> Take()
    {
        lock (_lock)
        {
            List<StatRow> rows = [.. _rows.Values];
            _rows.Clear();
            return rows;
        }
    }

    /// <summary>It could not be written: it is counted with what comes.</summary>
    public void PutBack(IReadOnlyList<StatRow> rows)
    {
        lock (_lock)
            foreach (var row in rows) Add(row);
    }

    private void AddNamed(StatKind kind, int day, long articleId, string name)
    {
        if (day != _day) _names.Clear();
        _day = day;
        if (_names.Count < MostNames) _names.Add((kind, articleId, name));
        else if (!_names.Contains((kind, articleId, name))) return;
        Add(new StatRow { Kind = kind, Day = day, ArticleId = articleId, Key = name, Views = 1 });
    }

    private void Add(StatRow row)
    {
        var key = (row.Kind, row.Day, row.ArticleId, row.Key);
        if (_rows.TryGetValue(key, out var there)) there.Add(row);
        else if (_rows.Count < Most) _rows.Add(key, row);
    }
}
