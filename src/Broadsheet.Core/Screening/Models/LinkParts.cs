using Broadsheet.Core.Screening.Words;

namespace Broadsheet.Core.Screening.Models;

/// <summary>A link taken apart.</summary>
/// <param name="Host">Folded, without <c>www.</c></param>
/// <param name="Path">Folded, from the first slash on, with the query; empty for a bare host.</param>
/// <param name="Topics">What host and path are about, also where words are run together (<c>paydayloansonline</c>).</param>
internal sealed record LinkParts(string Host, string Path, bool HasQuery, bool HasCapitals, Topic Topics, string TradeWord)
{
    /// <summary>Longer links are cut, in UTF-16 code units.</summary>
    private const int Most = 200;

    /// <summary>Words run together are looked for in so much of host and path.</summary>
    private const int MostSought = 48;
    private const int ShortestSought = 4;
    private const int LongestSought = 14;

    public int Segments { get; } = Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;

    public static LinkParts? Of(string link)
    {
        var rest = link.AsSpan().Trim();
        if (rest.IndexOf("://", StringComparison.Ordinal) is >= 0 and <= 8 and var scheme) rest = rest[(scheme + 3)..];
        if (rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) rest = rest[4..];
        if (rest.Length > Most) rest = rest[..Most];
        var end = rest.IndexOfAny("/?#");
        var host = end < 0 ? rest : rest[..end];
        var path = end < 0 ? default : rest[end..];
        if (host.Length == 0) return null;
        var (foldedHost, foldedPath) = (ScreeningFold.Fold(host.ToString()), path is "/" ? "" : ScreeningFold.Fold(path.ToString()));
        var dot = foldedHost.LastIndexOf('.');
        var topics = Lexicon.Of(foldedHost) & (Topic.BlogHost | Topic.BigHost | Topic.Shortener);
        if (dot > 0)
        {
            topics |= Lexicon.Of(foldedHost.AsSpan(dot + 1)) & Topic.OddZone;
            if (foldedHost.LastIndexOf('.', dot - 1) is > 0 and var second) topics |= Lexicon.Of(foldedHost.AsSpan(second + 1)) & (Topic.BlogHost | Topic.Shortener);
        }
        var word = "";
        Seek(foldedHost.AsSpan(0, dot < 0 ? foldedHost.Length : dot), ref topics, ref word);
        Seek(foldedPath, ref topics, ref word);
        return new LinkParts(foldedHost, foldedPath, path.Contains('?'), host.ContainsAnyInRange('A', 'Z'), topics, word);
    }

    private static void Seek(ReadOnlySpan<char> text, ref Topic topics, ref string word)
    {
        if (text.Length > MostSought) text = text[..MostSought];
        for (var from = 0; from + ShortestSought <= text.Length; from++)
        {
            if (!char.IsAsciiLetter(text[from])) continue;
            for (var length = Math.Min(LongestSought, text.Length - from); length >= ShortestSought; length--)
            {
                if (Lexicon.Of(text.Slice(from, length)) is var topic && (topic & Topic.Trade) == Topic.None) continue;
                if (word.Length == 0) word = text.Slice(from, length).ToString();
                topics |= topic & Topic.Trade;
                from += length - 1;
                break;
            }
        }
    }
}
