namespace Broadsheet.Benchmarks.Seeding;

/// <summary>
/// The shape of a seeded thread: the same 200 comments over and over, 50 of them top-level and the rest below those to depth 10, so that each page
/// of 50 top-level comments holds as much, however long the thread. Some replies come much later than what they answer, so that a page's rows
/// do not all lie together in the table.
/// </summary>
internal static class ThreadPattern
{
    /// <summary>Comments that repeat; one page of the thread.</summary>
    public const int Size = 200;

    /// <summary>As many levels as readers may open.</summary>
    private const int Levels = 10;

    private const int Top = -1;

    /// <summary>By how many pages of other comments a reply may come late.</summary>
    private static readonly int[] Lateness = [0, 0, 0, 0, 0, 0, 1, 2, 7, 30];

    private static readonly int[] Parents = Shape();
    private static readonly int[] Delays = Delay();

    /// <returns>The comment, by its place in the thread, that this one answers; null at the top.</returns>
    public static int? ParentOf(int place) => Parents[place % Size] is var parent and not Top ? place - place % Size + parent : null;

    /// <summary>The most liked are the 50 top-level comments of one page somewhere in the thread, so that a page of them holds as much as any other; the next come from elsewhere.</summary>
    public static int LikesOf(int place, int count)
    {
        var pages = (count + Size - 1) / Size;
        // Each page has a rank of its own, since its step shares no divisor with powers of ten.
        return Parents[place % Size] == Top ? (int)(((long)(place / Size) * 7_919 + pages / 3) % pages * (Size / 4)) + place % Size / 4 : 0;
    }

    /// <returns>The places of the first <paramref name="count"/> comments, first written first.</returns>
    public static int[] InOrderOfTime(int count)
    {
        var last = (count - 1) / Size;
        var places = Enumerable.Range(0, count).ToArray();
        // Those that come late to the last page's time come after what they may answer there.
        var times = Array.ConvertAll(places, p => (long)Math.Min(p / Size + Delays[p % Size], last) * Size + p % Size);
        Array.Sort(times, places);
        return places;
    }

    /// <summary>Every fourth is top-level; what follows the first goes ten levels deep; the others answer the one before, or anyone of the page.</summary>
    private static int[] Shape()
    {
        var (parents, depths) = (new int[Size], new int[Size]);
        for (var i = 0; i < Size; i++)
        {
            var isChain = i % 4 == 1 && i / 4 < Levels - 1;
            parents[i] = i % 4 == 0 ? Top : isChain ? Math.Max(0, i - 4) : SeedWords.Mix((ulong)i) % 2 == 0 ? i - 1 : (int)(SeedWords.Mix((ulong)i) / 2 % (ulong)i);
            while (parents[i] != Top && depths[parents[i]] >= Levels - 1) parents[i] = parents[parents[i]];
            depths[i] = parents[i] == Top ? 0 : depths[parents[i]] + 1;
        }
        return parents;
    }

    private static int[] Delay()
    {
        var delays = new int[Size];
        for (var i = 0; i < Size; i++)
            if (Parents[i] != Top) delays[i] = Math.Max(delays[Parents[i]], Lateness[SeedWords.Mix((ulong)i + 1_000) % 10]);
        return delays;
    }
}
