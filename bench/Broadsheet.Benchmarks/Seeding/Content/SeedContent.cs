namespace Broadsheet.Benchmarks.Seeding.Content;

/// <param name="At">In UTC.</param>
/// <param name="Category">From 0.</param>
/// <param name="Tags">From 0.</param>
internal sealed record SeedArticle(int Id, string Title, string Slug, DateTimeOffset At, IReadOnlyList<string> Paragraphs, int Category, IReadOnlyList<int> Tags);

/// <param name="Parent">The id of the comment that this one answers; 0: none.</param>
/// <param name="Reader">Who wrote it, from 0.</param>
/// <param name="At">In UTC.</param>
internal sealed record SeedComment(int Id, int Article, int Parent, int Reader, DateTimeOffset At, string Text);

/// <summary>
/// What every measured publication holds, the same each time: <see cref="Articles"/> articles over five years in 8 categories and with 40 tags, each with 20
/// comments; and the newest two, with 200 and 1,000. Articles have the ids from 1 on, oldest first.
/// </summary>
internal sealed class SeedContent(int articles)
{
    public const int Categories = 8;
    public const int Tags = 40;
    public const int Readers = 500;
    public const int CommentsEach = 20;

    /// <summary>The last articles' comments.</summary>
    private static readonly int[] LongThreads = [200, 1_000];

    private static readonly DateTimeOffset Start = new(2021, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan FiveYears = TimeSpan.FromDays(5 * 365);

    /// <summary>Those with a long thread among them.</summary>
    public int Articles => articles + LongThreads.Length;

    public static string CategoryName(int category) => $"Section {(char)('A' + category)}";

    public static string CategorySlug(int category) => $"section-{(char)('a' + category)}";

    public static string TagName(int tag) => $"topic {tag + 1}";

    public static string TagSlug(int tag) => $"topic-{tag + 1}";

    public static string ReaderName(int reader) => $"Reader {reader + 1}";

    public static string ReaderMail(int reader) => $"reader{reader + 1}@example.org";

    public IEnumerable<SeedArticle> All() => Enumerable.Range(1, Articles).Select(Article);

    public int CommentsOf(int article) => article <= articles ? CommentsEach : LongThreads[article - articles - 1];

    /// <summary>Oldest first; none answers one that came after it.</summary>
    public IEnumerable<SeedComment> CommentsUnder(SeedArticle article)
    {
        var first = FirstComment(article.Id);
        for (var i = 0; i < CommentsOf(article.Id); i++)
        {
            var seed = SeedWords.Mix((ulong)(first + i));
            yield return new SeedComment(first + i, article.Id, ThreadPattern.ParentOf(i) is { } parent ? first + parent : 0, (int)(seed % Readers), article.At.AddMinutes(i + 1), SeedWords.Text(seed, 400));
        }
    }

    private int FirstComment(int article) => 1 + Enumerable.Range(1, article - 1).Sum(CommentsOf);

    private SeedArticle Article(int id)
    {
        var seed = SeedWords.Mix((ulong)id);
        return new SeedArticle(
            id,
            $"Story {id}: {SeedWords.Text(seed, 40).TrimEnd('.')}",
            $"story-{id}",
            Start + id * (FiveYears / Articles),
            [.. Enumerable.Range(0, 9).Select(p => SeedWords.Text(seed + (ulong)p, 420))],
            (int)(seed % Categories),
            [.. Enumerable.Range(0, 3).Select(t => (int)(SeedWords.Mix(seed + (ulong)t + 100) % Tags)).Distinct()]);
    }
}
