using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Reading;

/// <summary>
/// Renders stored bodies again after a new version of the renderer, or where a setting that they depend on has changed: a piece at a time,
/// each asking for the next, so that it goes on after a stop and readers wait for none of it.
/// </summary>
internal sealed class RenderAgain(IDatabaseEngine engine, Writes writes, PublicationStore publications) : IJob
{
    public const string JobName = "render-again";
    private const int Articles = 20;
    private const int Comments = 200;

    public string Name => JobName;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var place = JsonSerializer.Deserialize(payload, RenderAgainJson.Default.Place) ?? new Place("", 0, 0);
        var publication = await publications.GetAsync(ct);
        // The settings have changed since: another run begins, or has begun, with the new ones.
        if (place.State != ArticleRendering.StateOf(publication)) return;
        var next = await ArticlesAsync(place, publication, ct) ?? await CommentsAsync(place, publication, ct);
        if (next is null) await writes.RunAsync(async (scope, token) => { await PublicationStore.ChangeAsync(scope, p => p with { RenderedWith = place.State }, token); }, ct);
    }

    /// <returns>Where to go on; null where no article is left.</returns>
    private async Task<Place?> ArticlesAsync(Place place, Publication publication, CancellationToken ct)
    {
        await using var db = engine.Open();
        var rows = await db.Articles.Where(a => a.Id > place.Article).OrderBy(a => a.Id).Take(Articles).Select(a => new { a.Id, a.Title, a.Body, a.BodyFormat, a.Excerpt, a.Language }).ToListAsync(ct);
        if (rows.Count == 0) return null;
        var rendered = rows.ConvertAll(a => (a.Id, Text: ArticleRendering.Render(a.Title, a.Body, a.BodyFormat, a.Excerpt, ArticleRendering.Context(publication, new MediaLookup(db, a.Id), a.Language))));
        var next = place with { Article = rows[^1].Id };
        await writes.RunAsync(async (scope, token) =>
        {
            foreach (var (id, text) in rendered) await BodyLedger.RerenderArticleAsync(scope, id, text, token);
            scope.Enqueue(JobName, next.ToJson());
        }, ct);
        return next;
    }

    /// <returns>Where to go on; null where no comment of an older renderer is left.</returns>
    private async Task<Place?> CommentsAsync(Place place, Publication publication, CancellationToken ct)
    {
        await using var db = engine.Open();
        var rows = await db.Comments.Where(c => c.Id > place.Comment && c.BodyVersion < CommentText.RendererVersion).OrderBy(c => c.Id).Take(Comments).Select(c => new { c.Id, c.Body, c.Format }).ToListAsync(ct);
        if (rows.Count == 0) return null;
        var rendered = rows.ConvertAll(c => (c.Id, c.Body, Html: MaskedWords.In(c.Format == CommentFormat.WordPress ? CommentText.RenderImported(c.Body, publication.Language) : CommentText.Render(c.Body, publication.Language), publication)));
        var next = place with { Comment = rows[^1].Id };
        await writes.RunAsync(async (scope, token) =>
        {
            foreach (var (id, body, html) in rendered) await BodyLedger.RerenderCommentAsync(scope, id, body, html, token);
            scope.Enqueue(JobName, next.ToJson());
        }, ct);
        return next;
    }

    /// <param name="State">What is rendered with (<see cref="ArticleRendering.StateOf"/>).</param>
    /// <param name="Article">The last article that is done.</param>
    internal sealed record Place(string State, long Article, long Comment)
    {
        public string ToJson() => JsonSerializer.Serialize(this, RenderAgainJson.Default.Place);
    }
}

/// <summary>Asks for it where what bodies depend on is not what they were rendered with.</summary>
internal sealed class NoticeNewRendering(IDatabaseEngine engine, Writes writes, PublicationStore publications) : IRecurring
{
    private string _asked = "";

    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var publication = await publications.GetAsync(ct);
        var state = ArticleRendering.StateOf(publication);
        if (state == publication.RenderedWith || state == _asked) return false;
        var first = new RenderAgain.Place(state, 0, 0).ToJson();
        await using var db = engine.Open();
        if (!await db.Outbox.AnyAsync(o => o.Job == RenderAgain.JobName && o.Payload.Contains(state), ct)) await writes.RunAsync((scope, _) => { scope.Enqueue(RenderAgain.JobName, first); return Task.CompletedTask; }, ct);
        _asked = state;
        return false;
    }
}

[JsonSerializable(typeof(RenderAgain.Place))]
internal sealed partial class RenderAgainJson : JsonSerializerContext;
