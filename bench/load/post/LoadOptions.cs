using System.Globalization;

namespace Broadsheet.Load;

/// <param name="Site">Scheme, host and port.</param>
/// <param name="Articles">Posted to in turn.</param>
/// <param name="Parents">Of each article, the comment to answer; empty: none.</param>
/// <param name="Seconds">How long to post; null: until <paramref name="Count"/>.</param>
/// <param name="Count">Of all writers together.</param>
/// <param name="Every">Milliseconds from one post of a writer to its next; 0: at once.</param>
/// <param name="Run">Makes the words of this run differ from those of any other.</param>
internal sealed record LoadOptions(Uri Site, long[] Articles, long[] Parents, int Writers, double? Seconds, int Count, int Every, string Run)
{
    public static LoadOptions? Read(string[] args)
    {
        if (args.Length % 2 == 0 || !Uri.TryCreate(args[0], UriKind.Absolute, out var site)) return null;
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < args.Length; i += 2) named[args[i]] = args[i + 1];
        if (!named.TryGetValue("--articles", out var articles)) return null;
        var count = named.TryGetValue("--count", out var number) ? int.Parse(number, CultureInfo.InvariantCulture) : int.MaxValue;
        double? seconds = named.TryGetValue("--seconds", out var time) ? double.Parse(time, CultureInfo.InvariantCulture) : count == int.MaxValue ? 8 : null;
        return new LoadOptions(site, Numbers(articles), Numbers(named.GetValueOrDefault("--parents", "")), int.Parse(named.GetValueOrDefault("--writers", "1"), CultureInfo.InvariantCulture), seconds, count,
            int.Parse(named.GetValueOrDefault("--every", "0"), CultureInfo.InvariantCulture), named.GetValueOrDefault("--run", Guid.CreateVersion7().ToString("N")));
    }

    private static long[] Numbers(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
}
