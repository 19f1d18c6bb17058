using System.Globalization;
using System.Reflection;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Benchmarks.Seeding;

/// <summary>Articles and their threads, written as an import writes them: whole rows in bulk, search words included.</summary>
internal sealed class SeedPublication(IServiceProvider services)
{
    /// <summary>Comments in one commit.</summary>
    private const int Batch = 5_000;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly PropertyInfo Likes = typeof(Comment).GetProperty(nameof(Comment.Likes))!;
    private static readonly PropertyInfo PersonLikes = typeof(Comment).GetProperty(nameof(Comment.PersonLikes))!;

    private readonly Writes _writes = services.GetRequiredService<Writes>();
    private Publication _publication = new();
    private long _lastComment;
    private int _articles;

    /// <summary>The id of a reply in the middle of the thread that was added last.</summary>
    public long MiddleComment { get; private set; }

    /// <summary>Open to strangers, so that what is posted is shown; and nothing waits to be rendered again.</summary>
    public async Task PrepareAsync(CancellationToken ct) => _publication = await _writes.RunAsync((scope, token) => PublicationStore.ChangeAsync(scope, p =>
    {
        var open = p with { Title = "The Long Thread", HoldFirst = false, IsSetUp = true };
        return open with { RenderedWith = ArticleRendering.StateOf(open) };
    }, token), ct);

    /// <returns>The article's id.</returns>
    public async Task<long> AddAsync(int comments, CancellationToken ct)
    {
        var nth = _articles++;
        var body = string.Concat(Enumerable.Range(0, 8).Select(p => $"<p>{SeedWords.Text(unchecked((ulong)(nth * 8 + p)), 420)}</p>\n"));
        var edit = new ArticleEdit(string.Create(CultureInfo.InvariantCulture, $"Story {nth + 1}"), body, BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = Start.AddHours(nth) };
        var text = await services.GetRequiredService<ArticleRendering>().RenderAsync(edit, 0, ct);
        var article = await _writes.RunAsync((scope, token) => ArticleLedger.SaveAsync(scope, _publication, 0, edit, text, null, token), ct);
        if (comments > 0) await DiscussAsync(article, Start.AddHours(nth), comments, ct);
        return article;
    }

    private async Task DiscussAsync(long article, DateTimeOffset from, int count, CancellationToken ct)
    {
        var order = ThreadPattern.InOrderOfTime(count);
        var ids = new long[count];
        for (var i = 0; i < count; i++) ids[order[i]] = _lastComment + i + 1;
        MiddleComment = ids[count / 2 / ThreadPattern.Size * ThreadPattern.Size + 1 % count];
        var plan = new ThreadPlan();
        for (var i = 0; i < count; i++) plan.Add(_lastComment + i + 1, ThreadPattern.ParentOf(order[i]) is { } parent ? ids[parent] : 0, from.AddSeconds(i + 1), i, isNumbered: true);
        plan.Shape();
        await _writes.RunAsync((scope, token) => ImportLedger.ReserveNumbersAsync(scope, article, plan.NewTops, plan.NewRepliesOfKnown, token), ct);
        plan.Number(0, _ => 0);
        for (var at = 0; at < count; at += Batch)
        {
            List<Comment> rows = [.. Enumerable.Range(at, Math.Min(Batch, count - at)).Select(i => Row(plan, article, _lastComment + i + 1, from.AddSeconds(i + 1)))];
            for (var i = 0; i < rows.Count; i++) Like(rows[i], ThreadPattern.LikesOf(order[at + i], count));
            List<SearchDocument> words = rows.ConvertAll(r => SearchLedger.DocumentOf(r.Id, article, r.AuthorName, r.BodyHtml, r.At));
            await _writes.RunAsync(async (scope, token) =>
            {
                await scope.InsertManyAsync(rows, token);
                await scope.InsertManyAsync(words, token);
            }, ct);
        }
        await _writes.RunAsync(async (scope, token) =>
        {
            await ImportLedger.CountAsync(scope, article, count, plan.NewTops, 0, token);
            await scope.AdvanceSequencesAsync(token);
        }, ct);
        _lastComment += count;
    }

    /// <summary>Likes come with readers, or with an import of likes: there is no comment that is born with them.</summary>
    private static void Like(Comment comment, int likes)
    {
        Likes.SetValue(comment, likes);
        PersonLikes.SetValue(comment, likes);
    }

    private Comment Row(ThreadPlan plan, long article, long id, DateTimeOffset at)
    {
        var seed = unchecked((ulong)id * 31 + 7);
        var (body, reader) = (SeedWords.Text(seed, 400), SeedWords.Mix(seed) % 4_999);
        return Comment.Imported(
            new ImportedComment(id, article, plan.ParentOf(id), CommentKind.Comment, Standing.Shown, null, string.Create(CultureInfo.InvariantCulture, $"Reader {reader}"), string.Create(CultureInfo.InvariantCulture, $"reader{reader}@example.org"), "",
                string.Create(CultureInfo.InvariantCulture, $"198.51.100.{reader % 250}"), at, _publication.Local(at), body, CommentText.RenderImported(body, _publication.Language), null),
            plan.PlaceOf(id));
    }
}
